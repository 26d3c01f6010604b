package org.s3ds.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;

/**
 * An exchange that s3ds answers otherwise than Kubo on purpose.
 *
 * @param number of the exchange
 * @param reason why it is meant
 * @param check of the answer that s3ds gives
 */
record MeantDifference(int number, String reason, Check check) {
    /** Checks an answer. */
    interface Check {
        void check(Cli cli, Exchange exchange, Cli.Result result);
    }

    /** Kubo lists pins in no sequence, another each time. */
    private static MeantDifference ofSequence(int number) {
        return new MeantDifference(number, "pins come in the sequence of their index", (cli, exchange, result) -> {
            assertEquals("", result.err());
            assertEquals(0, result.exit());
            assertEquals(
                    exchange.expectedOut(cli).lines().sorted().toList(),
                    result.out().lines().sorted().toList());
        });
    }

    private static final List<MeantDifference> ALL = List.of(
            ofSequence(92),
            ofSequence(93),
            ofSequence(94),
            new MeantDifference(
                    0,
                    "without a bucket, init says on standard error that its server is for trying out",
                    (cli, exchange, result) -> {
                        assertTrue(
                                result.err().startsWith("Note: the blocks of this repo go to an S3 server inside it"));
                        assertEquals(0, result.exit());
                        assertEquals(exchange.expectedOut(cli), exchange.comparable(result.out(), cli));
                    }),
            new MeantDifference(
                    157, "blocks are not in flatfs, and both stores are counted", (cli, exchange, result) -> {
                        assertEquals(0, result.exit());
                        assertTrue(result.out()
                                .startsWith("{\n  \"BlockKeyCacheSize\": null,\n  \"BloomFilterSize\": 0,\n"));
                        assertTrue(result.out().contains("\"type\": \"s3ds-embedded\""), result.out());
                        assertTrue(result.out()
                                .endsWith("  \"StorageGCWatermark\": 90,\n  \"StorageMax\": \"20GB\"\n}\n"));
                    }),
            new MeantDifference(
                    161, "how far it is, is shown on a terminal, and on standard error", (cli, exchange, result) -> {
                        assertEquals("", result.err());
                        assertEquals(0, result.exit());
                        assertEquals("verify complete, all blocks validated.\n", result.out());
                        assertTrue(exchange.expectedOut(cli).endsWith("\r" + result.out()), exchange::toString);
                    }),
            new MeantDifference(
                    162,
                    "blocks come in the order of the store; what commands of later issues would have left is not there",
                    (cli, exchange, result) -> {
                        assertEquals("", result.err());
                        assertEquals(0, result.exit());
                        String expected = exchange.expectedOut(cli);
                        assertTrue(result.out().lines().count() > 5, result.out());
                        result.out().lines().forEach(line -> assertTrue(expected.contains(line + "\n"), line));
                    }),
            new MeantDifference(
                    164,
                    "blocks come in the order of the store, and the files are not those that Kubo had",
                    (cli, exchange, result) -> {
                        assertEquals(0, result.exit());
                        List<String> lines = result.out().lines().toList();
                        assertEquals(lines.size(), lines.stream().distinct().count());
                        exchange.expectedOut(cli).lines().forEach(line -> assertTrue(lines.contains(line), line));
                    }),
            new MeantDifference(170, "usage texts are our own", (cli, exchange, result) -> {
                assertEquals("", result.err());
                assertTrue(result.out().startsWith("USAGE\n  s3ds block - "), result.out());
                assertEquals(0, result.exit());
            }));

    /** The difference that an exchange is meant to have. */
    static Optional<MeantDifference> of(Exchange exchange) {
        return ALL.stream()
                .filter(difference -> difference.number == exchange.number())
                .findFirst();
    }

    void assertAnswered(Cli cli, Exchange exchange, Cli.Result result) {
        check.check(cli, exchange, result);
    }
}
