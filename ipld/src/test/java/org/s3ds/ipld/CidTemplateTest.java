package org.s3ds.ipld;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CidTemplateTest {
    private static final String V0 = "Qmf412jQZiuVUtdgnB36FXFX7xg5V6KEbSJ4dpQuhkLyfD";
    private static final String RAW = "bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e";

    @ParameterizedTest
    @CsvSource({
        "'%b %v %c %h %L %d %D', 'base58btc cidv0 dag-pb sha2-256 32 "
                + "zHiMKdGaD8W1G33MzztY3bMPyAbdVfb2kDkcxikJS9HbD HiMKdGaD8W1G33MzztY3bMPyAbdVfb2kDkcxikJS9HbD'",
        "'%B%V-%C-%H', z0-112-18",
        "'%P 100%%', 'cidv0-dag-pb-sha2-256-32 100%'",
        "%s, " + V0,
        "%S, " + V0,
        "%m, z" + V0,
        "a%Mb, a" + V0 + "b",
        "%%s, %s",
    })
    void placeholdersOfVersion0(String template, String filled) throws FormatException {
        assertEquals(filled, CidTemplate.parse(template).fill(Cid.parse(V0), Multibase.BASE58BTC));
    }

    @Test
    void placeholdersOfVersion1() throws FormatException {
        Cid cid = Cid.parse(RAW);
        assertEquals("bci", CidTemplate.parse("%m").fill(cid, Multibase.BASE32).substring(0, 3));
        assertEquals(
                "CIQLSTJHXGJU2PQIUUXFFV62PWV7VREE57RXUU4A52IIR55M4LX432I",
                CidTemplate.parse("%M").fill(cid, Multibase.BASE32_UPPER));
        assertEquals(RAW, CidTemplate.CID.fill(cid, Multibase.BASE32));
        assertEquals(RAW.substring(1), CidTemplate.parse("%S").fill(cid, Multibase.BASE32));
        assertEquals("1 85 cidv1-raw-sha2-256-32", CidTemplate.parse("%V %C %P").fill(cid, Multibase.BASE32));
    }

    @Test
    void whatHasNoNameIsANumber() throws FormatException {
        Cid cid = Cid.decode(HexFormat.of().parseHex("01ffff03" + "fefe0301aa"));
        assertEquals("codec?65535 hash?65406 1", CidTemplate.parse("%c %h %L").fill(cid, Multibase.BASE32));
    }

    @ParameterizedTest
    @CsvSource({
        "plain, 'invalid format string: \"plain\"'",
        "'', 'invalid format string: \"\"'",
        "a%, premature end of format string",
        "%%%, premature end of format string",
        "%s%x, unrecognized specifier in format string: %x",
    })
    void aWrongTemplateIsRefused(String template, String reason) {
        FormatException e = assertThrows(FormatException.class, () -> CidTemplate.parse(template));
        assertEquals(reason, e.getMessage());
    }

    @Test
    void aReportTellsEveryPart() throws FormatException {
        assertEquals("""
                CID:        Qmf412jQZiuVUtdgnB36FXFX7xg5V6KEbSJ4dpQuhkLyfD
                Version:    0
                Multibase:  base58btc (implicit)
                Multicodec: dag-pb (0x70, implicit)
                Multihash:  sha2-256 (0x12, implicit)
                  Length:   32 bytes
                  Digest:   f852c7fa62f971817f54d8a80dcd63fcf7098b3cbde9ae8ec1ee449013ec5db0
                CIDv0:      Qmf412jQZiuVUtdgnB36FXFX7xg5V6KEbSJ4dpQuhkLyfD
                CIDv1:      bafybeihykld7uyxzogax6vgyvag42y7464eywpf55gxi5qpoisibh3c5wa""", CidReport.of(V0).text());
        String raw = CidReport.of(RAW).text();
        assertTrue(raw.contains("Multibase:  base32 (b)\nMulticodec: raw (0x55)\n"), raw);
        assertTrue(raw.contains("CIDv0:      not possible, requires dag-pb (0x70), got raw (0x55)\n"), raw);
    }

    @Test
    void aReportTellsWhyThereIsNoVersion0() throws FormatException {
        String other = CidReport.of("f01701114" + "00".repeat(20)).text();
        assertTrue(other.contains("CIDv0:      not possible, requires sha2-256 (0x12), got sha1 (0x11)\n"), other);
        String cut = CidReport.of("f01701214" + "00".repeat(20)).text();
        assertTrue(cut.contains("CIDv0:      not possible, requires 32-byte digest, got 20\n"), cut);
    }

    @Test
    void keysAreWrittenInBase36() throws FormatException {
        String name = "k51qzi5uqu5dlwoeqry7p57yvq90j5wqv8k2i252xlttixwda22khhqjzot9u3";
        assertEquals(name, CidReport.of(name).version1());
    }

    @Test
    void aPeersNameIsExplained() throws FormatException {
        Multihash key = HashFunction.IDENTITY.hash(HexFormat.of().parseHex("08011220" + "ab".repeat(32)));
        String peer = Multibase.BASE58BTC.encodeBare(key.toBytes());
        assertTrue(peer.startsWith("12D3KooW"), peer);
        FormatException e = assertThrows(FormatException.class, () -> CidReport.of(peer));
        assertEquals(
                "invalid CID: invalid cid: selected encoding not supported\n"
                        + "Note: the value is a PeerID; inspect its CID representation instead:\n  "
                        + Cid.v1(Multicodec.LIBP2P_KEY, key).toString(Multibase.BASE36),
                e.getMessage());
        FormatException none = assertThrows(FormatException.class, () -> CidReport.of("nonsense"));
        assertEquals("invalid CID: invalid cid: selected encoding not supported", none.getMessage());
    }
}
