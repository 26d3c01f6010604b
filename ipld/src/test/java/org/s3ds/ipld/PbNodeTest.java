package org.s3ds.ipld;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PbNodeTest {
    private static final HexFormat HEX = HexFormat.of();

    /** An identity CID without bytes, the shortest there is. */
    private static final Cid SHORT = Cid.v1(Multicodec.RAW, HashFunction.IDENTITY.hash(new byte[0]));

    private static Cid cid(String text) {
        try {
            return Cid.parse(text);
        } catch (FormatException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static Cid nameOf(byte[] block) {
        return CidFormat.V0.cid(block);
    }

    @Test
    void directoriesAreNamedAsKuboNamesThem() {
        byte[] directory = {8, 1};
        byte[] empty = PbNode.of(List.of(), directory).encode();
        assertEquals("0a020801", HEX.formatHex(empty));
        assertEquals(
                "QmUNLLsPACCz1vLxQVkXqqLX5R1X345qqfHbsf67hvA3Nn", nameOf(empty).toString());

        Link v0 = new Link("hello.txt", cid("Qmf412jQZiuVUtdgnB36FXFX7xg5V6KEbSJ4dpQuhkLyfD"), 19);
        assertEquals(
                "QmNxvA5bwvPGgMXbmtyhxA1cKFdvQXnsGnZLCGor3AzYxJ",
                nameOf(PbNode.of(List.of(v0), directory).encode()).toString());

        Link raw = new Link("hello.txt", cid("bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e"), 11);
        byte[] block = PbNode.of(List.of(raw), directory).encode();
        assertEquals(
                "bafybeic6svhkwl3y2wvkj33weshyjjs5cbvgijh7yo3kjasyglrdwe2l74",
                CidFormat.V1.cid(block).toString());
    }

    @Test
    void nameAndSizeAreWrittenEvenWhenThereIsNothingToSay() {
        byte[] block = PbNode.of(List.of(new Link("", SHORT, 0)), null).encode();
        assertEquals("120a" + "0a0401550000" + "1200" + "1800", HEX.formatHex(block));
    }

    @Test
    void aLinkIsWhatABlockCanHold() {
        assertThrows(IllegalArgumentException.class, () -> new Link("a", SHORT, -1));
        assertThrows(IllegalArgumentException.class, () -> new Link("a\uD83D", SHORT, 0));
        assertEquals("\uD83D\uDE80", new Link("\uD83D\uDE80", SHORT, 0).name());
    }

    @Test
    void noDataAndEmptyDataAreTwoThings() throws FormatException {
        assertEquals("", HEX.formatHex(PbNode.of(List.of(), null).encode()));
        assertEquals("0a00", HEX.formatHex(PbNode.of(List.of(), new byte[0]).encode()));
        assertTrue(PbNode.decode(new byte[0]).data().isEmpty());
        assertEquals(0, PbNode.decode(HEX.parseHex("0a00")).data().orElseThrow().length);
    }

    @Test
    void linksAreSortedByTheBytesOfTheirNamesAndEqualNamesStay() {
        List<Link> links = Stream.of("\uD83D\uDE80", "\uFF5E", "b", "", "ab", "a", "B", "a")
                .map(name -> new Link(name, SHORT, 0))
                .toList();
        List<Link> numbered = Stream.iterate(0, i -> i < links.size(), i -> i + 1)
                .map(i -> new Link(links.get(i).name(), SHORT, i))
                .toList();
        List<Link> sorted = PbNode.of(numbered, null).links();
        assertEquals(
                List.of("", "B", "a", "a", "ab", "b", "\uFF5E", "\uD83D\uDE80"),
                sorted.stream().map(Link::name).toList());
        assertEquals(
                List.of(5L, 7L), sorted.subList(2, 4).stream().map(Link::size).toList());
    }

    @Test
    void aDecodedNodeKeepsTheOrderOfItsLinks() throws FormatException {
        byte[] inOrder = PbNode.of(List.of(new Link("a", SHORT, 1), new Link("b", SHORT, 2)), null)
                .encode();
        int half = inOrder.length / 2;
        byte[] turned = new byte[inOrder.length];
        System.arraycopy(inOrder, half, turned, 0, half);
        System.arraycopy(inOrder, 0, turned, half, half);
        PbNode node = PbNode.decode(turned);
        assertEquals(List.of("b", "a"), node.links().stream().map(Link::name).toList());
        assertArrayEquals(turned, node.encode());
    }

    @Test
    void dataBeforeTheLinksIsRead() throws FormatException {
        PbNode node = PbNode.decode(HEX.parseHex("0a0161" + "120a0a040155000012001800"));
        assertEquals(1, node.links().size());
        assertArrayEquals(new byte[] {'a'}, node.data().orElseThrow());
    }

    @Test
    void aLinkMayLackNameAndSize() throws FormatException {
        PbNode node = PbNode.decode(HEX.parseHex("12060a0401550000"));
        assertEquals(List.of(new Link("", SHORT, 0)), node.links());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0a0161 0a0161 | data a second time, at byte 3",
                "12060a0401550000 0a00 12060a0401550000 | links before and after the data, at byte 10",
                "1a00 | a field that it does not have (3, wire type 2), at byte 0",
                "0800 | a field that it does not have (1, wire type 0), at byte 0",
                "1001 | a field that it does not have (2, wire type 0), at byte 0",
                "0200 | a field number that protobuf does not allow, at byte 0",
                "ffffffffff7f | a field number that protobuf does not allow, at byte 0",
                "1200 | a link without a CID, at byte 2",
                "12021200 | a link without a CID, at byte 2",
                "1208 1200 0a0401550000 | a link's fields out of order or twice, at byte 4",
                "120c 0a0401550000 0a0401550000 | a link's fields out of order or twice, at byte 8",
                "120a 0a0401550000 1800 1800 | a link's fields out of order or twice, at byte 10",
                "1208 0a0401550000 2000 | a link with a field that it does not have (4, wire type 0), at byte 8",
                "1211 0a0401550000 18ffffffffffffffffff01 | a link's size above 2^63-1, at byte 9",
                "1211 0a0401550000 18ffffffffffffffffff02 | a number of more than 64 bits, at byte 9",
                "1211 0a0401550000 1880808080808080808080 | a number of more than 64 bits, at byte 9",
                "1209 0a0401550000 1201ff | a text that is not UTF-8, at byte 10",
                "12020a00 | 'a link whose CID cannot be read (invalid cid: varints malformed, could not reach the end), "
                        + "at byte 3'",
                "0aff | the bytes end within a number, at byte 1",
                "0a05616263 | a field of 5 bytes where 3 are left, at byte 1",
                "0affffffff0f | a field of 4294967295 bytes where 0 are left, at byte 1",
                "0affffffffffffffffff01 | a field of 18446744073709551615 bytes where 0 are left, at byte 1",
                "1203 0a0401550000 | a field of 4 bytes where 1 are left, at byte 3",
                "0a | the bytes end within a number, at byte 1",
            })
    void bytesThatAreNoNodeAreRefusedWithThePlace(String hex, String problem) {
        byte[] block = HEX.parseHex(hex.replace(" ", ""));
        FormatException e = assertThrows(FormatException.class, () -> PbNode.decode(block));
        assertEquals("invalid dag-pb: " + problem, e.getMessage());
    }

    @Test
    void whatIsWrittenIsReadBack() throws FormatException {
        Random random = seeded("round trip");
        for (int round = 0; round < 500; round++) {
            PbNode node = node(random);
            byte[] block = node.encode();
            PbNode back = PbNode.decode(block);
            assertEquals(node.links(), back.links());
            assertEquals(node.data().isPresent(), back.data().isPresent());
            assertArrayEquals(block, back.encode());
        }
    }

    @Test
    void spoiltBlocksAreReadOrRefusedButNeverHarm() {
        Random random = seeded("mutation");
        assertTimeout(Duration.ofSeconds(30), () -> {
            int refused = 0;
            for (int round = 0; round < 20_000; round++) {
                byte[] block = spoilt(node(random).encode(), random);
                try {
                    PbNode node = PbNode.decode(block);
                    assertEquals(node.links(), PbNode.decode(node.encode()).links());
                } catch (FormatException e) {
                    refused++;
                    assertFalse(String.valueOf(e.getMessage()).isEmpty());
                }
            }
            assertTrue(refused > 1_000, "most spoilt blocks are refused, not " + refused);
        });
    }

    @Test
    void spoiltNamesAreReadOrRefusedButNeverHarm() {
        Random random = seeded("names");
        assertTimeout(Duration.ofSeconds(30), () -> {
            for (int round = 0; round < 20_000; round++) {
                byte[] bytes = spoilt(cid(random).toBytes(), random);
                try {
                    Cid cid = Cid.decode(bytes);
                    assertArrayEquals(bytes, cid.toBytes());
                    assertEquals(cid, Cid.parse(cid.toString()));
                } catch (FormatException e) {
                    assertTrue(e.toString().contains("invalid cid: "), e.toString());
                }
            }
        });
    }

    @Test
    void spoiltTextIsReadOrRefusedButNeverHarms() {
        Random random = seeded("text");
        Multibase[] bases = Multibase.values();
        assertTimeout(Duration.ofSeconds(30), () -> {
            for (int round = 0; round < 20_000; round++) {
                byte[] text = cid(random)
                        .toV1()
                        .toString(bases[random.nextInt(bases.length)])
                        .getBytes(StandardCharsets.UTF_8);
                try {
                    Cid cid = Cid.parse(new String(spoilt(text, random), StandardCharsets.UTF_8));
                    assertEquals(cid, Cid.parse(cid.toString()));
                } catch (FormatException e) {
                    assertTrue(e.toString().contains("invalid cid: "), e.toString());
                }
            }
        });
    }

    @Test
    void aBlockFullOfTheShortestLinksIsReadInTime() {
        byte[] link = HEX.parseHex("12060a0401550000");
        byte[] block = new byte[2 << 20];
        for (int at = 0; at < block.length; at += link.length) {
            System.arraycopy(link, 0, block, at, link.length);
        }
        PbNode node = assertTimeout(Duration.ofSeconds(20), () -> PbNode.decode(block));
        assertEquals(block.length / link.length, node.links().size());
    }

    private static Random seeded(String what) {
        long seed = System.nanoTime();
        System.out.println("PbNodeTest " + what + " seed " + seed);
        return new Random(seed);
    }

    private static PbNode node(Random random) {
        List<Link> links =
                Stream.generate(() -> link(random)).limit(random.nextInt(6)).toList();
        byte[] data = new byte[random.nextInt(40)];
        random.nextBytes(data);
        return random.nextBoolean() ? PbNode.of(links, data) : PbNode.of(links, null);
    }

    private static Link link(Random random) {
        String name = "ä€ab".substring(0, random.nextInt(3)) + (char) ('a' + random.nextInt(26));
        return new Link(name, cid(random), random.nextLong() >>> (1 + random.nextInt(63)));
    }

    private static Cid cid(Random random) {
        byte[] data = new byte[random.nextInt(30)];
        random.nextBytes(data);
        List<HashFunction> all = HashFunction.all();
        return random.nextBoolean()
                ? CidFormat.V0.cid(data)
                : Cid.v1(
                        random.nextInt(0x400),
                        all.get(random.nextInt(all.size())).hash(data));
    }

    /** With a few bytes changed, taken out, put in or cut off. */
    private static byte[] spoilt(byte[] block, Random random) {
        byte[] bytes = block.clone();
        for (int change = random.nextInt(4); change >= 0 && bytes.length > 0; change--) {
            int at = random.nextInt(bytes.length);
            bytes = switch (random.nextInt(4)) {
                case 0 -> with(bytes, at, (byte) random.nextInt());
                case 1 -> with(bytes, at, (byte) 0xFF);
                case 2 -> Arrays.copyOf(bytes, at);
                default -> inserted(bytes, at, (byte) random.nextInt());
            };
        }
        return bytes;
    }

    private static byte[] with(byte[] bytes, int at, byte value) {
        bytes[at] = value;
        return bytes;
    }

    private static byte[] inserted(byte[] bytes, int at, byte value) {
        byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
        System.arraycopy(bytes, at, longer, at + 1, bytes.length - at);
        longer[at] = value;
        return longer;
    }
}
