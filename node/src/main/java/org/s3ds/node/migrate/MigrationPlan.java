package org.s3ds.node.migrate;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.StoreIndex.Totals;
import org.s3ds.node.transfer.Found;

/**
 * What a migration would do. Nothing of it is done.
 *
 * @param mountpoint what moves
 * @param from the store of now, in words
 * @param to the target, in words
 * @param source what the store of now has
 * @param target what the target has; none where nothing is there yet
 * @param others what the target has that the repo does not have
 * @param toCopy what the target lacks
 * @param foreign names in the source that are no blocks, and stay where they are
 * @param requests what servers are asked
 * @param time about how long the copying takes, from a sample; empty where none could be had
 * @param freeBytes room at a target in files; empty where nobody knows
 * @param specBefore {@code datastore_spec} as it is
 * @param specAfter {@code datastore_spec} as it would be
 * @param notes what the user should know, a sentence each
 */
public record MigrationPlan(
        Key mountpoint,
        String from,
        String to,
        Totals source,
        Totals target,
        Totals others,
        Totals toCopy,
        Found foreign,
        Requests requests,
        Optional<Duration> time,
        OptionalLong freeBytes,
        String specBefore,
        String specAfter,
        List<String> notes) {
    private static final long UNIT = 4096;

    /**
     * What servers are asked.
     *
     * @param gets requests to read what is copied; 0 where a value is a file
     * @param puts requests to store it; 0 where a value is a file
     * @param lists requests to list both, about
     * @param dollars what all of these cost in US dollars; empty where that is not known
     */
    public record Requests(long gets, long puts, long lists, OptionalDouble dollars) {}

    /** Copies the notes. */
    public MigrationPlan {
        notes = List.copyOf(notes);
    }

    /** Whether it is blocks that move, which have a hash. */
    public boolean isOfBlocks() {
        return mountpoint.equals(Migration.BLOCKS);
    }

    /** Whether there is room for all of it, as far as anybody knows; a file takes whole units of the disk. */
    public boolean hasRoom() {
        return freeBytes.isEmpty() || freeBytes.getAsLong() >= toCopy.bytes() + UNIT * toCopy.count();
    }
}
