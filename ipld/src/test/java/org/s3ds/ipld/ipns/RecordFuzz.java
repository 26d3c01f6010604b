package org.s3ds.ipld.ipns;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.s3ds.ipld.FormatException;
import org.s3ds.ipld.keys.KuboKey;
import org.s3ds.ipld.keys.PeerId;

/**
 * Records with bytes changed, cut and put in: each is read or refused as no record, and none is good. Runs for some
 * minutes from its main.
 */
final class RecordFuzz {
    private static final Instant NOW = Instant.parse("2026-11-26T00:00:00Z");

    private final Random random;
    private final List<KuboKey> kubo;
    private int refused;

    RecordFuzz(Random random) throws IOException {
        this.random = random;
        this.kubo = KuboKey.all().toList();
    }

    /** For so many minutes, 10 unless it is said. */
    static void main(String[] arguments) throws IOException {
        long seed = System.nanoTime();
        Duration time = Duration.ofMinutes(arguments.length == 0 ? 10 : Long.parseLong(arguments[0]));
        System.out.println("records for " + time + ": seed " + seed);
        RecordFuzz fuzz = new RecordFuzz(new Random(seed));
        long rounds = 0;
        for (long start = System.nanoTime(); System.nanoTime() - start < time.toNanos(); rounds++) {
            fuzz.round();
        }
        System.out.println(rounds + " records, " + fuzz.refused + " refused");
    }

    int refused() {
        return refused;
    }

    void round() throws IOException {
        KuboKey key = kubo.get(random.nextInt(kubo.size()));
        byte[] record = key.bytes("record");
        byte[] changed = changed(record);
        try {
            IpnsRecord decoded = IpnsRecord.decode(changed);
            decoded.root();
            decoded.verify(PeerId.parse(key.text("name")), NOW);
            requireSame(IpnsRecord.decode(record), decoded);
        } catch (FormatException e) {
            refused++;
        }
    }

    /** Fields that nobody knows, and the old signature, may be others; what it says may not. */
    private static void requireSame(IpnsRecord before, IpnsRecord after) throws IOException {
        if (!before.value().equals(after.value())
                || before.sequence() != after.sequence()
                || !before.validity().equals(after.validity())
                || before.ttl() != after.ttl()) {
            throw new AssertionError("a record that was changed is good: " + Arrays.toString(after.encode()));
        }
    }

    private byte[] changed(byte[] record) {
        byte[] changed =
                random.nextInt(4) == 0 ? Arrays.copyOf(record, random.nextInt(record.length + 8)) : record.clone();
        for (int i = random.nextInt(3); i >= 0 && changed.length > 0; i--) {
            changed[random.nextInt(changed.length)] = (byte) random.nextInt();
        }
        return changed;
    }
}
