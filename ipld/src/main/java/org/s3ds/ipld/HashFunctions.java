package org.s3ds.ipld;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bouncycastle.crypto.digests.Blake2bDigest;
import org.bouncycastle.crypto.digests.Blake2sDigest;
import org.bouncycastle.crypto.digests.Blake3Digest;
import org.bouncycastle.crypto.digests.KeccakDigest;
import org.bouncycastle.crypto.digests.SHAKEDigest;

/** The hashes that can be computed. A class of its own, so that sha2-256 alone does not load the others. */
final class HashFunctions {
    private static final long BLAKE2B_8 = 0xb201;
    private static final long BLAKE2S_8 = 0xb241;
    private static final int BLAKE3_LONGEST = 128;

    /** By code. */
    static final List<HashFunction> ALL =
            Stream.concat(single(), Stream.concat(blake2b(), blake2s())).toList();

    private HashFunctions() {}

    private static Stream<HashFunction> single() {
        return Stream.of(
                HashFunction.IDENTITY,
                new HashFunction("sha1", 0x11, 20, Digests.jdk("SHA-1")),
                HashFunction.SHA2_256,
                new HashFunction("sha2-512", 0x13, 64, Digests.jdk("SHA-512")),
                new HashFunction("sha3-512", 0x14, 64, Digests.jdk("SHA3-512")),
                new HashFunction("sha3-384", 0x15, 48, Digests.jdk("SHA3-384")),
                new HashFunction("sha3-256", 0x16, 32, Digests.jdk("SHA3-256")),
                new HashFunction("sha3-224", 0x17, 28, Digests.jdk("SHA3-224")),
                new HashFunction("shake-256", 0x19, 64, Digests.extendable(() -> new SHAKEDigest(256))),
                keccak(0x1a, 224),
                keccak(0x1b, 256),
                keccak(0x1c, 384),
                keccak(0x1d, 512),
                new HashFunction("blake3", 0x1e, 32, BLAKE3_LONGEST, Digests.extendable(Blake3Digest::new)),
                new HashFunction("dbl-sha2-256", 0x56, 32, Digests.twice("SHA-256")));
    }

    private static HashFunction keccak(long code, int bits) {
        return new HashFunction("keccak-" + bits, code, bits / 8, Digests.fixed(() -> new KeccakDigest(bits)));
    }

    private static Stream<HashFunction> blake2b() {
        return IntStream.rangeClosed(1, 64)
                .mapToObj(bytes -> new HashFunction(
                        "blake2b-" + bytes * 8,
                        BLAKE2B_8 + bytes - 1,
                        bytes,
                        Digests.fixed(() -> new Blake2bDigest(bytes * 8))));
    }

    private static Stream<HashFunction> blake2s() {
        return IntStream.rangeClosed(1, 32)
                .mapToObj(bytes -> new HashFunction(
                        "blake2s-" + bytes * 8,
                        BLAKE2S_8 + bytes - 1,
                        bytes,
                        Digests.fixed(() -> new Blake2sDigest(bytes * 8))));
    }
}
