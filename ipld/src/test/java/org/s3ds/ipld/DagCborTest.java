package org.s3ds.ipld;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DagCborTest {
    private static final HexFormat HEX = HexFormat.of();

    /** The shortest link: an identity CID without bytes. */
    private static final String LINK = "d82a450001550000";

    private static Data decode(String hex) throws FormatException {
        byte[] block = HEX.parseHex(hex);
        Data data = DagCbor.decode(block);
        assertArrayEquals(block, DagCbor.encode(data), "encoded again");
        return data;
    }

    private static String failureOf(byte[] block) {
        return String.valueOf(
                assertThrows(FormatException.class, () -> DagCbor.decode(block)).getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "00, 0",
        "17, 23",
        "1818, 24",
        "18ff, 255",
        "190100, 256",
        "19ffff, 65535",
        "1a00010000, 65536",
        "1affffffff, 4294967295",
        "1b0000000100000000, 4294967296",
        "1b7fffffffffffffff, 9223372036854775807",
        "1b8000000000000000, 9223372036854775808",
        "1bffffffffffffffff, 18446744073709551615",
        "20, -1",
        "37, -24",
        "3818, -25",
        "3903e7, -1000",
        "3b7fffffffffffffff, -9223372036854775808"
    })
    void wholeNumbers(String hex, String number) throws FormatException {
        assertEquals(number, decode(hex).toString());
    }

    @Test
    void everyKind() throws FormatException {
        assertEquals(new Data.Null(), decode("f6"));
        assertEquals(new Data.Bool(true), decode("f5"));
        assertEquals(new Data.Bool(false), decode("f4"));
        assertEquals(new Data.Real(1.5), decode("fb3ff8000000000000"));
        assertEquals(new Data.Real(-0.0), decode("fb8000000000000000"));
        assertEquals(new Data.Text("ü\uD83D\uDE80"), decode("66c3bcf09f9a80"));
        assertEquals(Data.Bytes.of(new byte[] {1, 2}), decode("420102"));
        assertEquals(new Data.ListOf(List.of(Data.Int.of(1), new Data.ListOf(List.of()))), decode("820180"));
        assertEquals(Data.MapOf.of(Map.of()), decode("a0"));
        Cid cid = Cid.v1(Multicodec.RAW, HashFunction.IDENTITY.hash(new byte[0]));
        assertEquals(new Data.LinkTo(cid), decode(LINK));
    }

    @Test
    void keysAreInTheOrderOfTheirLengthsThenOfTheirBytes() throws FormatException {
        Map<String, Data> entries = Map.of(
                "b",
                Data.Int.of(1),
                "aa",
                Data.Int.of(2),
                "ü",
                Data.Int.of(3),
                "",
                Data.Int.of(4),
                "a",
                Data.Int.of(5));
        byte[] block = DagCbor.encode(Data.MapOf.of(entries));
        assertEquals("a5" + "6004" + "616105" + "616201" + "62616102" + "62c3bc03", HEX.formatHex(block));
        assertEquals(Data.MapOf.of(entries), decode(HEX.formatHex(block)));
        assertEquals(
                List.of("", "a", "aa", "b", "ü"),
                List.copyOf(Data.MapOf.of(entries).entries().keySet()));
    }

    @ParameterizedTest
    @CsvSource({
        "'', 'the bytes end where an item is due', 0",
        "8101f6, '1 bytes behind the end', 2",
        "1817, 'a number or length that is spelt longer than it must be', 0",
        "810000, '1 bytes behind the end', 2",
        "81190017, 'a number or length that is spelt longer than it must be', 1",
        "1a0000ffff, 'a number or length that is spelt longer than it must be', 0",
        "1b00000000ffffffff, 'a number or length that is spelt longer than it must be', 0",
        "5801aa, 'a number or length that is spelt longer than it must be', 0",
        "d9002a450001550000, 'a number or length that is spelt longer than it must be', 0",
        "3b8000000000000000, 'a number below -2^63', 0",
        "19ff, 'the bytes end within an item', 0",
        "1c, 'a byte that begins no item', 0",
        "9fff, 'an item whose length is not told', 0",
        "5f4101ff, 'an item whose length is not told', 0",
        "81ff, 'a simple value that is neither false, true nor null', 1",
        "f7, 'a simple value that is neither false, true nor null', 0",
        "f814, 'a simple value that is neither false, true nor null', 0",
        "f93c00, 'a float of fewer than 64 bits', 0",
        "fa3f800000, 'a float of fewer than 64 bits', 0",
        "fb7ff8000000000000, 'the float NaN', 0",
        "fb7ff0000000000000, 'the float Infinity', 0",
        "8361c3, '3 items are announced, but 2 bytes are left', 0",
        "61c3, 'a text that is not UTF-8', 0",
        "63eda080, 'a text that is not UTF-8', 0",
        "a10101, 'a map''s key that is not text', 1",
        "a14161f6, 'a map''s key that is not text', 1",
        "a2616101616102, 'the key \"a\" a second time', 4",
        "a2616201616102, 'the key \"a\" behind one that is longer, or later in the order of bytes', 4",
        "a262616101616202, 'the key \"b\" behind one that is longer, or later in the order of bytes', 5",
        "a16161, 'the bytes end where an item is due', 3",
        "a26161, '2 items are announced, but 2 bytes are left', 0",
        "c001, 'the tag 0; only 42, of links, is allowed', 0",
        "d82a6100, 'a link that is not bytes', 2",
        "d82ad82a450001550000, 'a link that is not bytes', 2",
        "d82a40, 'a link that does not begin with a zero byte', 2",
        "d82a4401550000, 'a link that does not begin with a zero byte', 2",
        "5bffffffffffffffff00, '18446744073709551615 bytes are announced, but 1 are left', 0",
        "9b7fffffffffffffff00, '9223372036854775807 items are announced, but 1 bytes are left', 0",
        "bb0000000100000000a0, '4294967296 items are announced, but 1 bytes are left', 0"
    })
    void anotherSpellingIsRefused(String hex, String problem, int at) {
        String expected = "invalid dag-cbor: " + problem + ", at byte " + at;
        assertEquals(expected, failureOf(HEX.parseHex(hex)));
    }

    @Test
    void nestingIsBounded() throws FormatException {
        byte[] deep = new byte[1_000_001];
        Arrays.fill(deep, (byte) 0x81);
        deep[deep.length - 1] = 1;
        assertEquals("invalid dag-cbor: more than 1024 lists and maps in one another, at byte 1024", failureOf(deep));
        byte[] allowed = Arrays.copyOfRange(deep, deep.length - 1025, deep.length);
        assertArrayEquals(allowed, DagCbor.encode(DagCbor.decode(allowed)));
        Data tooDeep = new Data.ListOf(List.of(DagCbor.decode(allowed)));
        assertThrows(IllegalArgumentException.class, () -> DagCbor.encode(tooDeep));
    }

    @Test
    void whatTheDataModelDoesNotHaveCannotBeMade() {
        assertThrows(IllegalArgumentException.class, () -> new Data.Real(Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> new Data.Text("a\uD83D"));
        assertThrows(IllegalArgumentException.class, () -> Data.MapOf.of(Map.of("\uDE80", new Data.Null())));
        assertThrows(IllegalArgumentException.class, () -> new Data.Int(1, true));
    }
}
