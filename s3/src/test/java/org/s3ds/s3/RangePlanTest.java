package org.s3ds.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.s3ds.datastore.DatastoreException;

final class RangePlanTest {
    private static final long SEED = Long.getLong("s3ds.seed", System.nanoTime());
    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    static {
        System.out.println("range plans: -Ds3ds.seed=" + SEED);
    }

    @Test
    void aLongListingTakesLessThanATwelfthOfTheTimeAtAFewRequestsMore() throws DatastoreException {
        int keys = 200_000;
        int pages = keys / S3Bucket.PAGE;
        SimulatedListing walk = new SimulatedListing(names(keys, RangePlanTest::sha256), "").walk(48);
        assertEquals(keys, walk.found().size());
        assertTrue(walk.ticks() * 12 < pages, walk::toString);
        assertTrue(walk.requests() <= pages + walk.ranges(), walk::toString);
    }

    /** Of what is left nothing is seen at first, nor where names begin and end. */
    @TestFactory
    Stream<DynamicTest> whatIsLeftOfAListingTakesNotTwiceAsManyRequestsAsPages() {
        int keys = 65_000;
        return IntStream.of(1_000, 3_000, 22_000, 45_000)
                .mapToObj(known -> DynamicTest.dynamicTest(known + " names known", () -> {
                    SimulatedListing walk =
                            new SimulatedListing(names(keys, RangePlanTest::sha256), "").rest(known, 48);
                    int pages = (keys - known) / S3Bucket.PAGE;
                    assertEquals(keys - known, walk.found().stream().distinct().count());
                    assertTrue(walk.requests() * 4 <= pages * 7, walk::toString);
                }));
    }

    @TestFactory
    Stream<DynamicTest> everyNameIsListedOnceWhateverNamesThereAre() {
        Random random = new Random(SEED);
        Map<String, IntFunction<String>> families = new LinkedHashMap<>();
        families.put("sha2-256", RangePlanTest::sha256);
        families.put(
                "several hashes",
                i -> List.of("CIQ", "AFKREI", "BLVEE", "2").get(i % 4)
                        + sha256(i).substring(3));
        families.put(
                "hexadecimal",
                i -> BigInteger.valueOf(i)
                        .multiply(BigInteger.valueOf(7_919_777_777L))
                        .toString(16));
        families.put("counted", i -> "%06d".formatted(i));
        families.put("counted behind much", i -> "a/very/long/way/down/there/is/%d".formatted(i));
        families.put("one character", i -> "a".repeat(1 + i / 60) + (char) ('!' + i % 60));
        families.put("tildes", i -> "~".repeat(i % 7) + i + "~");
        families.put(
                "pins",
                i -> "pins/" + (i % 3 == 0 ? "pin/" : "index/cidRindex/u")
                        + sha256(i).toLowerCase(Locale.ROOT));
        families.put("any character", i -> text(new Random(SEED + i)));
        families.put("crowded", i -> "CIQ" + (i % 100 == 0 ? sha256(i) : "AAAAAAAAAA" + sha256(i)));
        return families.entrySet().stream()
                .flatMap(family -> Stream.of("", "node1/", "z~/日本/")
                        .map(prefix -> DynamicTest.dynamicTest(family.getKey() + " below \"" + prefix + "\"", () -> {
                            List<String> names = names(
                                    20_000 + random.nextInt(3_000),
                                    i -> prefix + family.getValue().apply(i));
                            SimulatedListing walk = new SimulatedListing(names, prefix).walk(1 + random.nextInt(40));
                            assertEquals(names, walk.found().stream().sorted().toList());
                            int pages = Math.ceilDiv(names.size(), S3Bucket.PAGE);
                            assertTrue(walk.requests() <= pages + walk.ranges(), walk::toString);
                        })));
    }

    @TestFactory
    Stream<DynamicTest> aShortListingCostsNoRequestMore() {
        return IntStream.of(0, 1, 999, 1_000, 1_001, 2_346, 3_000)
                .mapToObj(keys -> DynamicTest.dynamicTest(keys + " names", () -> {
                    SimulatedListing walk = new SimulatedListing(names(keys, RangePlanTest::sha256), "").walk(48);
                    assertEquals(keys, walk.found().size());
                    assertEquals(Math.max(1, Math.ceilDiv(keys, S3Bucket.PAGE)), walk.requests(), walk::toString);
                }));
    }

    private static List<String> names(int count, IntFunction<String> name) {
        return IntStream.range(0, count).mapToObj(name).distinct().sorted().toList();
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        List<Integer> highs = new ArrayList<>(List.of(0x7f, 0x7ff, 0xd7ff, 0x10ffff));
        for (int i = 0; i < 1 + random.nextInt(8); i++) {
            int high = highs.get(random.nextInt(highs.size()));
            int character = '!' + random.nextInt(high - '!');
            text.appendCodePoint(character >= 0xd800 && character < 0xe000 ? 'x' : character);
        }
        return text.toString();
    }

    /** A name as that of a block. */
    static String sha256(int number) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(Integer.toString(number).getBytes(UTF_8));
            byte[] hash = ByteBuffer.allocate(34)
                    .put((byte) 0x12)
                    .put((byte) 32)
                    .put(digest)
                    .array();
            BigInteger bits = new BigInteger(1, hash).shiftLeft(3);
            StringBuilder name = new StringBuilder();
            for (int shift = 270; shift >= 0; shift -= 5) {
                name.append(BASE32.charAt(bits.shiftRight(shift).intValue() & 31));
            }
            return name.toString();
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
