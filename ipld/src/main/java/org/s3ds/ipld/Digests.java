package org.s3ds.ipld;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.function.Supplier;
import org.bouncycastle.crypto.ExtendedDigest;
import org.bouncycastle.crypto.Xof;

/** How digests are computed: by the JDK where it can, which is at the speed of the hardware, else by Bouncy Castle. */
final class Digests {
    private Digests() {}

    /** One hash of one array, at least {@code length} bytes of it, in one pass over the data. */
    @FunctionalInterface
    interface Digest {
        byte[] of(byte[] data, int length);
    }

    /** A hash of the JDK. To make its state anew costs nothing that could be measured beside a block. */
    static Digest jdk(String algorithm) {
        return (data, length) -> messageDigest(algorithm).digest(data);
    }

    /** A hash of the JDK, and the same hash of what it gave. */
    static Digest twice(String algorithm) {
        return (data, length) -> {
            MessageDigest digest = messageDigest(algorithm);
            return digest.digest(digest.digest(data));
        };
    }

    /** A hash of Bouncy Castle with a fixed length. */
    static Digest fixed(Supplier<? extends ExtendedDigest> states) {
        return (data, length) -> {
            ExtendedDigest state = states.get();
            state.update(data, 0, data.length);
            byte[] digest = new byte[state.getDigestSize()];
            state.doFinal(digest, 0);
            return digest;
        };
    }

    /** A hash of Bouncy Castle that gives as many bytes as are asked for. */
    static Digest extendable(Supplier<? extends Xof> states) {
        return (data, length) -> {
            Xof state = states.get();
            state.update(data, 0, data.length);
            byte[] digest = new byte[length];
            state.doFinal(digest, 0, length);
            return digest;
        };
    }

    private static MessageDigest messageDigest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime lacks " + algorithm, e);
        }
    }
}
