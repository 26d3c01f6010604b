package org.s3ds.ipld.keys;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.s3ds.ipld.FormatException;

/** Keys with bytes changed, cut and put in: each is read, or refused as no key. Runs for some minutes from its main. */
final class KeyFuzz {
    private final Random random;
    private final List<KuboKey> keys;
    private int refused;

    KeyFuzz(Random random) throws IOException {
        this.random = random;
        this.keys = KuboKey.all().toList();
    }

    /** For so many minutes, 10 unless it is said. */
    static void main(String[] arguments) throws IOException {
        long seed = System.nanoTime();
        Duration time = Duration.ofMinutes(arguments.length == 0 ? 10 : Long.parseLong(arguments[0]));
        System.out.println("keys for " + time + ": seed " + seed);
        KeyFuzz fuzz = new KeyFuzz(new Random(seed));
        long rounds = 0;
        for (long start = System.nanoTime(); System.nanoTime() - start < time.toNanos(); rounds++) {
            fuzz.round();
        }
        System.out.println(rounds + " keys, " + fuzz.refused + " refused");
    }

    int refused() {
        return refused;
    }

    void round() throws IOException {
        PrivateKey key = keys.get(random.nextInt(keys.size())).key();
        try {
            switch (random.nextInt(4)) {
                case 0 -> PrivateKey.decode(changed(key.encode())).peerId();
                case 1 -> PrivateKey.ofPkcs8(changed(key.toPkcs8())).encode();
                case 2 -> PublicKey.decode(changed(key.publicKey().encode())).peerId();
                default -> {
                    byte[] message = {1, 2, 3};
                    if (!key.publicKey().verify(message, changed(key.sign(message)))) {
                        refused++;
                    }
                }
            }
        } catch (FormatException e) {
            refused++;
        }
    }

    /** A few bytes are others, or gone, or more. */
    private byte[] changed(byte[] bytes) {
        byte[] changed = random.nextInt(4) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length + 8)) : bytes;
        for (int i = random.nextInt(3); i >= 0 && changed.length > 0; i--) {
            // the first bytes say what is what
            int at = random.nextBoolean()
                    ? random.nextInt(Math.min(40, changed.length))
                    : random.nextInt(changed.length);
            changed[at] = (byte) random.nextInt();
        }
        return changed;
    }
}
