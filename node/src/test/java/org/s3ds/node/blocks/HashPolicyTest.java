package org.s3ds.node.blocks;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.s3ds.ipld.HashFunction;
import org.s3ds.ipld.Multicodec;
import org.s3ds.ipld.Multihash;

final class HashPolicyTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "sha1",
                "sha2-256",
                "sha2-512",
                "dbl-sha2-256",
                "sha3-224",
                "sha3-256",
                "sha3-384",
                "sha3-512",
                "keccak-224",
                "keccak-256",
                "keccak-384",
                "keccak-512",
                "blake3",
                "shake-256",
                "identity",
                "blake2b-160",
                "blake2b-256",
                "blake2b-512",
                "blake2s-160",
                "blake2s-256"
            })
    void kubosHashesAreTrusted(String name) {
        assertDoesNotThrow(() -> HashPolicy.kubo().check(function(name).hash(new byte[100])));
    }

    @ParameterizedTest
    @ValueSource(strings = {"blake2b-152", "blake2s-152", "blake2b-8", "shake-128", "md5", "murmur3-x64-64"})
    void othersAreNot(String name) throws Exception {
        Multihash hash = raw(Multicodec.codeOf(name).orElseThrow(), 32);
        assertRefused("potentially insecure hash functions not allowed", hash);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sha2-256|19|digest too small: sha2-256 digest got 19 bytes, minimum 20",
                "blake3|129|digest too large: blake3 digest got 129 bytes, maximum 128",
                "identity|129|digest too large: identity digest got 129 bytes, maximum 128",
            })
    void digestsHaveASize(String name, int length, String message) throws Exception {
        assertRefused(message, raw(function(name).code(), length));
    }

    @ParameterizedTest
    @CsvSource({"sha2-256,20", "blake3,128", "identity,128", "identity,0"})
    void digestsAtTheBoundsAreTrusted(String name, int length) throws Exception {
        HashPolicy.kubo().check(raw(function(name).code(), length));
    }

    private static void assertRefused(String message, Multihash hash) {
        assertEquals(
                message,
                assertThrows(RefusedHashException.class, () -> HashPolicy.kubo().check(hash))
                        .getMessage());
    }

    private static HashFunction function(String name) {
        return HashFunction.byName(name).orElseThrow();
    }

    private static Multihash raw(long code, int length) throws Exception {
        byte[] varints = new byte[20];
        int at = varint(varints, varint(varints, 0, code), length);
        byte[] bytes = Arrays.copyOf(varints, at + length);
        return Multihash.decode(bytes);
    }

    private static int varint(byte[] out, int from, long value) {
        int at = from;
        long left = value;
        for (; left >= 0x80; left >>>= 7) {
            out[at++] = (byte) (left | 0x80);
        }
        out[at++] = (byte) left;
        return at;
    }
}
