package org.s3ds.ipld;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CidTest {
    private static final String V0 = "Qmf412jQZiuVUtdgnB36FXFX7xg5V6KEbSJ4dpQuhkLyfD";
    private static final String V1 = "bafybeihykld7uyxzogax6vgyvag42y7464eywpf55gxi5qpoisibh3c5wa";
    private static final String RAW = "bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e";
    private static final String HASH = "1220f852c7fa62f971817f54d8a80dcd63fcf7098b3cbde9ae8ec1ee449013ec5db0";

    @Test
    void version0IsABareMultihashInBase58() throws FormatException {
        Cid cid = Cid.parse(V0);
        assertEquals(0, cid.version());
        assertEquals(Multicodec.DAG_PB, cid.codec());
        assertEquals(HASH, cid.hash().toString());
        assertEquals(HASH, HexFormat.of().formatHex(cid.toBytes()));
        assertEquals(34, cid.byteLength());
        assertEquals(V0, cid.toString());
        assertEquals(V1, cid.toV1().toString());
        assertEquals(cid, Cid.v0(cid.hash()));
        assertEquals(cid, Cid.decode(cid.toBytes()));
    }

    @Test
    void version1CarriesVersionAndCodec() throws FormatException {
        Cid cid = Cid.parse(V1);
        assertEquals(1, cid.version());
        assertEquals(Multicodec.DAG_PB, cid.codec());
        assertEquals("0170" + HASH, HexFormat.of().formatHex(cid.toBytes()));
        assertEquals(36, cid.byteLength());
        assertEquals(cid, Cid.v1(Multicodec.DAG_PB, cid.hash()));
        assertEquals(cid, cid.toV1());
        assertEquals(cid.hashCode(), Cid.decode(cid.toBytes()).hashCode());
    }

    @ParameterizedTest
    @CsvSource({
        "Qmf412jQZiuVUtdgnB36FXFX7xg5V6KEbSJ4dpQuhkLyfD, uEiD4Usf6YvlxgX9U2KgNzWP89wmLPL3pro7B7kSQE-xdsA",
        "bafybeihykld7uyxzogax6vgyvag42y7464eywpf55gxi5qpoisibh3c5wa, uAXASIPhSx_pi-XGBf1TYqA3NY_z3CYs8vemujsHuRJAT7F2w",
        "bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e, uAVUSILlNJ7mTTT4IpS5S19p9q_rEhO_jelOA7pCI96zi783p"
    })
    void pinsNameACidByItsBytesInBase64Url(String cid, String key) throws FormatException {
        assertEquals(key, Multibase.BASE64URL.encode(Cid.parse(cid).toBytes()));
    }

    @Test
    void equalOnlyWhenVersionCodecAndHashAre() throws FormatException {
        assertFalse(Cid.parse(V0).equals(Cid.parse(V1)));
        assertFalse(Cid.parse(V1).equals(Cid.v1(Multicodec.RAW, Cid.parse(V1).hash())));
    }

    @Test
    void everyBaseIsReadBack() throws FormatException {
        Cid cid = Cid.parse(RAW);
        for (Multibase base : Multibase.values()) {
            assertEquals(cid, Cid.parse(cid.toString(base)), base.spelling());
        }
    }

    @Test
    void version0HasOneBaseOnly() throws FormatException {
        Cid cid = Cid.parse(V0);
        assertEquals(V0, cid.toString(Multibase.BASE58BTC));
        assertThrows(IllegalArgumentException.class, () -> cid.toString(Multibase.BASE32));
    }

    @Test
    void matchesTheBytesItNamesAndNoOthers() throws FormatException {
        byte[] hello = "hello world".getBytes(StandardCharsets.UTF_8);
        assertTrue(Cid.parse(RAW).matches(hello));
        assertFalse(Cid.parse(V0).matches(hello));
        assertTrue(Cid.parse(V0).matches(HexFormat.of().parseHex("0a110802120b68656c6c6f20776f726c64180b")));
        hello[3]++;
        assertFalse(Cid.parse(RAW).matches(hello));
    }

    @Test
    void anIdentityCidIsItsOwnBlock() throws FormatException {
        byte[] hello = "hello".getBytes(StandardCharsets.UTF_8);
        Cid cid = Cid.v1(Multicodec.RAW, HashFunction.IDENTITY.hash(hello));
        assertEquals("bafkqablimvwgy3y", cid.toString());
        assertTrue(cid.isIdentity());
        assertTrue(cid.matches(hello));
        assertFalse(cid.matches(new byte[5]));
        assertFalse(cid.matches(new byte[0]));
        assertArrayEquals(hello, Cid.parse("bafkqablimvwgy3y").hash().digest());
        assertFalse(Cid.parse(RAW).isIdentity());
    }

    @Test
    void aHashThatCannotBeComputedIsAFailureNotAMismatch() throws FormatException {
        Cid md5 = Cid.decode(HexFormat.of().parseHex("0155d50110" + "00".repeat(16)));
        FormatException e = assertThrows(FormatException.class, () -> md5.matches(new byte[0]));
        assertTrue(e.toString().contains("the hash 0xd5 of bafk"), e.toString());
        Cid tooLong = Cid.decode(HexFormat.of().parseHex("01551221" + "00".repeat(33)));
        assertThrows(FormatException.class, () -> tooLong.matches(new byte[0]));
    }

    @ParameterizedTest
    @CsvSource({
        "'', cid too short",
        "b, cid too short",
        "nonsense, selected encoding not supported",
        "bad!, illegal base32 data at input byte 2",
        "QmInvalid, selected encoding not supported",
        "Qmf412jQZiuVUtdgnB36FXFX7xg5V6KEbSJ4dpQuhkLyf0, illegal base58btc data at input byte 45",
        "zQmf412jQZiuVUtdgnB36FXFX7xg5V6KEbSJ4dpQuhkLyfD, 'a CIDv0 has no multibase prefix, but this one has ''z'''",
        "f, 'cid too short'",
        "fa, illegal base16 data at input byte 1",
        "z, cid too short",
    })
    void textThatIsNoCidIsRefusedWithTheReason(String text, String reason) {
        FormatException e = assertThrows(FormatException.class, () -> Cid.parse(text));
        assertEquals("invalid cid: " + reason, e.getMessage());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "02551200 | expected 1 as the cid version number, got: 2",
                "0055120161 | expected 1 as the cid version number, got: 0",
                "01551202ffff00 | trailing bytes in data buffer passed to cid Cast",
                "0155120261 | length greater than remaining number of bytes in buffer",
                "122061 | not enough bytes for cid v0",
                "8100551200 | varint not minimally encoded",
                "01ffffffffffffffffff011200 | varints larger than uint63 not supported",
                "01ff | varints malformed, could not reach the end",
                "0155 | multihash too short. must be >= 2 bytes",
            })
    void bytesThatAreNoCidAreRefusedWithTheReason(String hex, String reason) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        FormatException e = assertThrows(FormatException.class, () -> Cid.decode(bytes));
        assertEquals("invalid cid: " + reason, e.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {HASH + "00", HASH + HASH})
    void aVersion0IsExactly34Bytes(String hex) {
        assertThrows(FormatException.class, () -> Cid.decode(HexFormat.of().parseHex(hex)));
    }

    @Test
    void onlyASha256OfFullLengthMakesAVersion0() {
        assertThrows(IllegalArgumentException.class, () -> Cid.v0(HashFunction.IDENTITY.hash(new byte[32])));
        assertThrows(IllegalArgumentException.class, () -> Cid.v0(HashFunction.SHA2_256.hash(new byte[1], 31)));
    }

    @Test
    void aFormatNamesNewBlocks() {
        byte[] hello = "hello world".getBytes(StandardCharsets.UTF_8);
        assertEquals(RAW, CidFormat.V0.withCodec(Multicodec.RAW).cid(hello).toString());
        assertEquals(
                RAW,
                Block.hash(CidFormat.V1.withCodec(Multicodec.RAW), hello).cid().toString());
        assertEquals(0, CidFormat.V0.withCodec(Multicodec.DAG_PB).cid(hello).version());
        assertThrows(IllegalArgumentException.class, () -> new CidFormat(0, Multicodec.RAW, HashFunction.SHA2_256));
        assertThrows(IllegalArgumentException.class, () -> new CidFormat(0, Multicodec.DAG_PB, HashFunction.IDENTITY));
        assertThrows(IllegalArgumentException.class, () -> new CidFormat(2, Multicodec.DAG_PB, HashFunction.SHA2_256));
    }
}
