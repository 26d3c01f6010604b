package org.s3ds.s3;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The time that requests are signed with: this machine's, until a server refuses it and says its own. */
final class ServerClock extends Clock {
    /** Servers allow 15 minutes; whoever is nearer than this is refused for another reason. */
    private static final Duration NEAR = Duration.ofMinutes(4);

    private final Clock machine;
    private volatile Duration offset = Duration.ZERO;

    ServerClock(Clock machine) {
        this.machine = machine;
    }

    /**
     * Shows the server's time from now on.
     *
     * @return false when this machine's time is the server's, give or take four minutes: then it was refused for
     *     another reason
     */
    boolean set(Instant server) {
        if (!isNear(instant(), server)) {
            offset = Duration.between(machine.instant(), server);
        }
        return !isNear(machine.instant(), server);
    }

    /** How far the time shown is ahead of this machine's; negative when it is behind, and zero at first. */
    Duration offset() {
        return offset;
    }

    private static boolean isNear(Instant one, Instant other) {
        return Duration.between(one, other).abs().compareTo(NEAR) < 0;
    }

    @Override
    public Instant instant() {
        return machine.instant().plus(offset);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return Clock.offset(machine.withZone(zone), offset);
    }
}
