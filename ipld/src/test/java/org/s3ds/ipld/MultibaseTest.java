package org.s3ds.ipld;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MultibaseTest {
    /** From the multibase specification's own vectors ("yes mani !" and two leading zeros), and RFC 4648's. */
    @ParameterizedTest
    @CsvSource({
        "base2, 796573206d616e692021, 001111001011001010111001100100000011011010110000101101110011010010010000000100001",
        "base16, 796573206d616e692021, f796573206d616e692021",
        "base16upper, 796573206d616e692021, F796573206D616E692021",
        "base32, 796573206d616e692021, bpfsxgidnmfxgsibb",
        "base32upper, 796573206d616e692021, BPFSXGIDNMFXGSIBB",
        "base32hex, 796573206d616e692021, vf5in683dc5n6i811",
        "base32hexupper, 796573206d616e692021, VF5IN683DC5N6I811",
        "base32pad, 796573206d616e692021, cpfsxgidnmfxgsibb",
        "base32padupper, 796573206d616e692021, CPFSXGIDNMFXGSIBB",
        "base32hexpad, 796573206d616e692021, tf5in683dc5n6i811",
        "base32hexpadupper, 796573206d616e692021, TF5IN683DC5N6I811",
        "base36, 796573206d616e692021, k2lcpzo5yikidynfl",
        "base36upper, 796573206d616e692021, K2LCPZO5YIKIDYNFL",
        "base58flickr, 796573206d616e692021, Z7Pznk19XTTzBtx",
        "base58btc, 796573206d616e692021, z7paNL19xttacUY",
        "base64, 796573206d616e692021, meWVzIG1hbmkgIQ",
        "base64pad, 796573206d616e692021, MeWVzIG1hbmkgIQ==",
        "base64url, 796573206d616e692021, ueWVzIG1hbmkgIQ",
        "base64urlpad, 796573206d616e692021, UeWVzIG1hbmkgIQ==",
        "base256emoji, 796573206d616e692021, 🚀🏃✋🌈😅🌷🤤😻🌟😅👏",
        "base36, 0000796573206d616e692021, k002lcpzo5yikidynfl",
        "base58btc, 0000796573206d616e692021, z117paNL19xttacUY",
        "base32padupper, 666f6f, CMZXW6===",
        "base64url, fbff, u-_8",
        "base64, fbff, m+/8",
    })
    void theKnownSpellings(String name, String hex, String text) throws FormatException {
        byte[] bytes = HexFormat.of().parseHex(hex);
        Multibase base = Multibase.byName(name).orElseThrow();
        assertEquals(text, base.encode(bytes));
        assertArrayEquals(bytes, Multibase.decode(text));
        assertEquals(base, Multibase.ofText(text).orElseThrow());
    }

    @Test
    void whatIsWrittenIsReadBack() throws FormatException {
        long seed = System.nanoTime();
        System.out.println("MultibaseTest seed " + seed);
        Random random = new Random(seed);
        for (int length = 0; length < 70; length++) {
            byte[] bytes = new byte[length];
            random.nextBytes(bytes);
            for (int zero = 0; zero < random.nextInt(3) && zero < length; zero++) {
                bytes[zero] = 0;
            }
            for (Multibase base : Multibase.values()) {
                // a number's text is never empty when read, as in Go
                if (length > 0) {
                    assertArrayEquals(bytes, Multibase.decode(base.encode(bytes)), base.spelling());
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"BPFSXGIDNMFXGSIBB", "F796573206D616E692021", "VF5IN683DC5N6I811", "K2LCPZO5YIKIDYNFL"})
    void lettersOfOneCaseAreReadInEither(String text) throws FormatException {
        String other = text.charAt(0) + text.substring(1).toLowerCase(Locale.ROOT);
        assertArrayEquals(Multibase.decode(text), Multibase.decode(other));
    }

    @ParameterizedTest
    @CsvSource({"bmf, bme", "uYR, uYQ", "mYR, mYQ", "MYR==, MYQ=="})
    void bitsLeftOverMayBeAnythingAsInGo(String odd, String canonical) throws FormatException {
        assertArrayEquals(Multibase.decode(canonical), Multibase.decode(odd));
    }

    @Test
    void base2MayLeaveOutLeadingZeros() throws FormatException {
        assertArrayEquals(new byte[] {1, 3}, Multibase.decode("0100000011"));
    }

    @Test
    void identityIsTheBytesAsCharacters() throws FormatException {
        byte[] bytes = {0, 1, (byte) 0xFF};
        assertArrayEquals(bytes, Multibase.decode(Multibase.IDENTITY.encode(bytes)));
        assertThrows(FormatException.class, () -> Multibase.decode("\0€"));
    }

    @ParameterizedTest
    @CsvSource({
        "'', cannot decode multibase for zero length string",
        "nonsense, selected encoding not supported",
        "é, selected encoding not supported",
        "bme1, illegal base32 data at input byte 2",
        "bm, illegal base32 data at input byte 1",
        "bmfr, illegal base32 data at input byte 3",
        "bme=, illegal base32 data at input byte 2",
        "cme, illegal base32pad data at input byte 2",
        "cme=====, illegal base32pad data at input byte 2",
        "cme=======, illegal base32pad data at input byte 2",
        "cm=e, illegal base32pad data at input byte 3",
        "fabc, illegal base16 data at input byte 3",
        "fgg, illegal base16 data at input byte 0",
        "02, illegal base2 data at input byte 0",
        "z0, illegal base58btc data at input byte 0",
        "zé, illegal base58btc data at input byte 0",
        "z, zero length string",
        "mY, illegal base64 data at input byte 1",
        "m-_8, illegal base64 data at input byte 0",
        "k_, illegal base36 data at input byte 0",
        "🚀x, illegal base256emoji data at character 0",
    })
    void wrongTextIsRefusedWithThePlace(String text, String reason) {
        FormatException e = assertThrows(FormatException.class, () -> Multibase.decode(text));
        assertEquals(reason, e.getMessage());
    }

    @Test
    void aHugeNumberIsRefusedRatherThanComputed() {
        String text = "z" + "2".repeat(1_000_000);
        FormatException e = assertThrows(FormatException.class, () -> Multibase.decode(text));
        assertTrue(e.toString().contains("at most 16384 characters"), e.toString());
    }

    @Test
    void longNumbersAreWrittenInTimeAndReadBack() throws FormatException {
        byte[] bytes = new byte[10_000];
        bytes[1] = 1;
        assertArrayEquals(bytes, Multibase.decode(Multibase.BASE58BTC.encode(bytes)));
        Arrays.fill(bytes, (byte) 0xFF);
        assertArrayEquals(bytes, Multibase.decode(Multibase.BASE36.encode(bytes)));
        assertEquals(new BigInteger(1, bytes).toString(36), Multibase.BASE36.encodeBare(bytes));
        byte[] many = Arrays.copyOf(bytes, 100_000);
        assertTimeout(Duration.ofSeconds(20), () -> Multibase.BASE58BTC.encode(many));
    }

    @Test
    void hexIsWrittenAsTheLibraryDoes() {
        byte[] bytes = "ÿ\0a".getBytes(StandardCharsets.ISO_8859_1);
        assertEquals(HexFormat.of().formatHex(bytes), Multibase.BASE16.encodeBare(bytes));
    }
}
