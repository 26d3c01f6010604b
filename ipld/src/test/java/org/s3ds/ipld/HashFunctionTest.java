package org.s3ds.ipld;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HashFunctionTest {
    private record Vector(String hash, String text, String digest) {}

    private static List<Vector> vectors() throws IOException {
        try (InputStream file = HashFunctionTest.class.getResourceAsStream("hash-vectors.csv")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(",", -1))
                    .map(cells -> new Vector(cells[0], cells[1], cells[2]))
                    .toList();
        }
    }

    @Test
    void everyHashGivesItsKnownDigests() throws IOException {
        for (Vector vector : vectors()) {
            HashFunction function = HashFunction.byName(vector.hash()).orElseThrow();
            Multihash hash = function.hash(vector.text().getBytes(StandardCharsets.UTF_8));
            assertEquals(vector.digest(), HexFormat.of().formatHex(hash.digest()), vector.hash());
            assertEquals(function.code(), hash.code());
        }
    }

    @Test
    void everyHashHasAKnownDigest() throws IOException {
        Set<String> known = vectors().stream().map(Vector::hash).collect(Collectors.toSet());
        assertEquals(HashFunction.all().stream().map(HashFunction::name).collect(Collectors.toSet()), known);
    }

    @Test
    void namesAndCodesAreThoseOfTheTable() {
        long before = -1;
        for (HashFunction function : HashFunction.all()) {
            assertEquals(OptionalLong.of(function.code()), Multicodec.codeOf(function.name()));
            assertEquals(function, HashFunction.byCode(function.code()).orElseThrow());
            assertTrue(function.code() > before, "by code: " + function);
            before = function.code();
        }
        assertTrue(HashFunction.byName("nonsense").isEmpty());
        assertTrue(HashFunction.byCode(0xd5).isEmpty());
    }

    @Test
    void aShorterDigestIsTheBeginningOfTheLongOne() throws FormatException {
        byte[] data = "abc".getBytes(StandardCharsets.UTF_8);
        for (HashFunction function : HashFunction.all()) {
            if (function.defaultLength() > 0) {
                int length = function.defaultLength() / 2;
                Multihash hash = function.hash(data, length);
                assertEquals(length, hash.digestLength());
                String whole = HexFormat.of().formatHex(function.hash(data).digest());
                assertEquals(whole.substring(0, 2 * length), HexFormat.of().formatHex(hash.digest()));
                assertTrue(Cid.v1(Multicodec.RAW, hash).matches(data));
            }
        }
    }

    @Test
    void blake3GivesMoreThanItsDefault() {
        Multihash hash = HashFunction.byName("blake3").orElseThrow().hash(new byte[0], 64);
        assertEquals(
                "af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262"
                        + "e00f03e7b69af26b7faaf09fcd333050338ddfe085b8cc869ca98b206c08243a",
                HexFormat.of().formatHex(hash.digest()));
    }

    @ParameterizedTest
    @CsvSource({"sha2-256, 33", "sha1, 21", "shake-256, 65", "blake3, 129", "blake2b-256, 33", "sha2-256, -2"})
    void noHashGivesMoreThanItHas(String name, int length) {
        HashFunction function = HashFunction.byName(name).orElseThrow();
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> function.hash(new byte[1], length));
        assertTrue(e.toString().contains(name + " gives no digest of " + length + " bytes"), e.toString());
    }

    @Test
    void anIdentityDigestIsNeverCut() {
        assertThrows(IllegalArgumentException.class, () -> HashFunction.IDENTITY.hash(new byte[5], 4));
        assertEquals(
                "0005000000000000000000".substring(0, 14),
                HashFunction.IDENTITY.hash(new byte[5], 5).toString());
    }

    @Test
    void aMultihashIsCodeLengthDigest() throws FormatException {
        Multihash hash = HashFunction.byName("blake2b-256").orElseThrow().hash(new byte[0]);
        assertEquals("a0e40220", hash.toString().substring(0, 8));
        assertEquals(36, hash.byteLength());
        assertEquals(hash, Multihash.decode(hash.toBytes()));
        assertEquals(hash.hashCode(), Multihash.decode(hash.toBytes()).hashCode());
        assertEquals(hash, Multihash.of(HashFunction.byCode(0xb220).orElseThrow(), hash.digest()));
        assertNotEquals(hash, HashFunction.SHA2_256.hash(new byte[0]));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "12 | multihash too short. must be >= 2 bytes",
                "120161ff | multihash length inconsistent: expected 1; got 2",
                "120261 | length greater than remaining number of bytes in buffer",
                "12ffffffffffffffff7f | length greater than remaining number of bytes in buffer",
                "12ffffffff0f | length greater than remaining number of bytes in buffer",
                "92001161 | varint not minimally encoded",
                "1281 | varints malformed, could not reach the end",
            })
    void bytesThatAreNoMultihashAreRefused(String hex, String reason) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        FormatException e = assertThrows(FormatException.class, () -> Multihash.decode(bytes));
        assertEquals(reason, e.getMessage());
    }
}
