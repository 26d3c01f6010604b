package org.s3ds.ipld;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class BlockLinksTest {
    private static final Cid SHORT = Cid.v1(Multicodec.RAW, HashFunction.IDENTITY.hash(new byte[0]));
    private static final String LINK = "d82a450001550000";

    private static Block block(long codec, byte[] data) {
        return Block.hash(CidFormat.V1.withCodec(codec), data);
    }

    private static Block cbor(String hex) {
        return block(Multicodec.DAG_CBOR, HexFormat.of().parseHex(hex));
    }

    private static Block json(String text) {
        return block(Multicodec.DAG_JSON, text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> names(Block block) throws FormatException {
        List<Link> links = BlockLinks.of(block);
        links.forEach(link -> assertEquals(new Link(link.name(), SHORT, 0), link));
        return links.stream().map(Link::name).toList();
    }

    private static String failureOf(Block block) {
        return String.valueOf(
                assertThrows(FormatException.class, () -> BlockLinks.of(block)).getMessage());
    }

    @Test
    void aLinkIsNamedByTheWayToIt() throws FormatException {
        Data link = new Data.LinkTo(SHORT);
        Data data = Data.MapOf.of(Map.of(
                "a",
                Data.MapOf.of(Map.of("b", new Data.ListOf(List.of(link, Data.Int.of(1), link)))),
                "long",
                new Data.ListOf(List.of(new Data.ListOf(List.of()), new Data.ListOf(List.of(link)))),
                "c",
                link));
        List<String> names = List.of("a/b/0", "a/b/2", "c", "long/1/0");
        assertEquals(names, names(block(Multicodec.DAG_CBOR, DagCbor.encode(data))));
        assertEquals(names, names(block(Multicodec.DAG_JSON, DagJson.encode(data))));
        assertEquals(List.of(""), names(cbor(LINK)));
        assertEquals(List.of(), BlockLinks.of(json("{\"/\":{\"bytes\":\"YQ\"}}")));
    }

    @Test
    void ofALongWayTheEndIsTold() throws FormatException {
        String key = "k".repeat(1000);
        String end = "…" + "k".repeat(126) + "/0";
        assertEquals(List.of(end), names(json("{\"" + key + "\":[{\"/\":\"bafkqaaa\"}]}")));
        String rocket = "\uD83D\uDE80".repeat(65);
        assertEquals(
                List.of("…" + "\uD83D\uDE80".repeat(63) + "/0"),
                names(json("{\"" + rocket + "\":[{\"/\":\"bafkqaaa\"}]}")));
        String deep = "[".repeat(1000) + "{\"/\":\"bafkqaaa\"}" + "]".repeat(1000);
        assertTrue(names(json(deep)).getFirst().startsWith("…"));
    }

    @Test
    void dagCborIsReadAsKuboReadsIt() throws FormatException {
        assertEquals(List.of("0"), names(cbor("9f" + LINK + "ff")), "no length told");
        assertEquals(List.of("b", "a"), names(cbor("a26162" + LINK + "6161" + LINK)), "order");
        assertEquals(List.of("a"), names(cbor("bf7f6161ff" + "da0000002a5f410044" + "01550000ff" + "ff")), "parts");
        assertEquals(List.of("3"), names(cbor("84f7f93c00c001" + LINK)), "undefined, a short float, a tag");
        assertEquals(List.of("1"), names(cbor("8261c3" + LINK)), "no text");
        assertEquals(List.of("a"), names(cbor("a1d82a6161" + LINK)), "a key with a tag");
    }

    @Test
    void dagJsonIsReadAsKuboReadsIt() throws FormatException {
        assertEquals(List.of("1"), names(json("[nope,{\"/\":\"bafkqaaa\"},]\0 ")));
        assertEquals(List.of("\uFFFD"), names(json("{\"\\ud83d\":{\"/\":\"bafkqaaa\"}}")));
        assertEquals(List.of(), names(json("{\"/\":\"bafkqaaa\",\"a\":1}")), "not alone");
        assertEquals(List.of("/"), names(json("{\"/\":{\"/\":\"bafkqaaa\"}}")));
    }

    @Test
    void whatCannotBeReadIsNeverWithoutLinks() {
        Block cut = cbor("81");
        assertEquals(
                "the links of block " + cut.cid()
                        + " cannot be read: invalid dag-cbor: 1 items are announced, but 0 bytes"
                        + " are left, at byte 0",
                failureOf(cut));
        Block cid = json("[{\"/\":\"x\"}]");
        assertEquals(
                "the links of block " + cid.cid() + " cannot be read: invalid dag-json: a link whose CID cannot be read"
                        + " (invalid cid: cid too short), at byte 9",
                failureOf(cid));
        Block key = block(Multicodec.LIBP2P_KEY, new byte[0]);
        assertEquals(
                "the links of block " + key.cid() + " cannot be read: its codec is libp2p-key, not dag-pb, dag-cbor or"
                        + " dag-json",
                failureOf(key));
        for (String bad :
                List.of("", "ff", "1f", "bf61", "8201", "c1c101", "c14100", "d82a4101", "a10101", "5f6161ff", "0000")) {
            assertTrue(failureOf(cbor(bad)).contains(": invalid dag-cbor: "), bad);
        }
        for (String bad : List.of("", "[", "[,]", "{1:2}", "{\"a\"}", "[1 2]", "\"", "x", "[]x", "\"\\u00\"")) {
            assertTrue(failureOf(json(bad)).contains(": invalid dag-json: "), bad);
        }
    }

    @Test
    void nestingIsBounded() {
        byte[] deep = new byte[1_000_000];
        Arrays.fill(deep, (byte) 0x81);
        assertTrue(
                failureOf(block(Multicodec.DAG_CBOR, deep)).contains("more than 1024 lists and maps in one another"));
        Arrays.fill(deep, (byte) 0x9F);
        assertTrue(
                failureOf(block(Multicodec.DAG_CBOR, deep)).contains("more than 1024 lists and maps in one another"));
        Arrays.fill(deep, (byte) 0xC0);
        assertTrue(failureOf(block(Multicodec.DAG_CBOR, deep)).contains("a tag of a tag"));
        assertTrue(failureOf(json("[".repeat(1_000_000))).contains("more than 1025 lists and maps in one another"));
        assertTrue(failureOf(json("{\"\":".repeat(100_000))).contains("more than 1025 lists and maps in one another"));
    }

    @Test
    void theLinksAreThoseOfTheValue() throws FormatException {
        long seed = System.nanoTime();
        System.out.println("links of values: seed " + seed);
        RandomData random = new RandomData(new Random(seed));
        for (int round = 0; round < 3000; round++) {
            Data data = random.value(5);
            List<Cid> cids = cids(BlockLinks.of(block(Multicodec.DAG_CBOR, DagCbor.encode(data))));
            List<Cid> inData = new ArrayList<>();
            collect(DagCbor.decode(DagCbor.encode(data)), inData);
            assertEquals(sorted(inData), sorted(cids));
            try {
                assertEquals(
                        sorted(inData), sorted(cids(BlockLinks.of(block(Multicodec.DAG_JSON, DagJson.encode(data))))));
            } catch (FormatException e) {
                assertTrue(String.valueOf(e.getMessage()).startsWith("dag-json cannot hold"), e.toString());
            }
        }
    }

    private static List<Cid> cids(List<Link> links) {
        return links.stream().map(Link::cid).toList();
    }

    private static List<String> sorted(List<Cid> cids) {
        return cids.stream().map(Cid::toString).sorted().toList();
    }

    private static void collect(Data data, List<Cid> cids) {
        switch (data) {
            case Data.LinkTo(Cid cid) -> cids.add(cid);
            case Data.ListOf(List<Data> items) -> items.forEach(item -> collect(item, cids));
            case Data.MapOf map -> map.entries().values().forEach(value -> collect(value, cids));
            case Data.Null none -> {}
            case Data.Bool none -> {}
            case Data.Int none -> {}
            case Data.Real none -> {}
            case Data.Text none -> {}
            case Data.Bytes none -> {}
        }
    }
}
