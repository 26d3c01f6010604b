package org.s3ds.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * What Kubo 0.43.1 answered to {@code files} and {@code add --to-files}, good and bad, in one repo: each answers alike,
 * and the CIDs that follow are the same, or the sentence differs as said here.
 */
class FilesExchangesTest {
    private static final String HELLO = "Qmf412jQZiuVUtdgnB36FXFX7xg5V6KEbSJ4dpQuhkLyfD";
    private static final String RAW = "bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e";

    /** Sentences of ours where Kubo's misleads, by command line. */
    private static final Map<String, String> OUR_SENTENCES = Map.of(
            "files mkdir /f/g",
            "cannot access f/g: Not a directory",
            "files stat /ipfs/$HELLO/none",
            "no link named \"none\" under " + HELLO,
            "files cp /ipfs/$HELLO/none /z",
            "cp: cannot get node from path /ipfs/" + HELLO + "/none: no link named \"none\" under " + HELLO,
            "files chroot --confirm $HELLO",
            "new root must be a directory: block " + HELLO + " is not a directory",
            "files chroot --confirm $RAW",
            "new root must be a directory: block " + RAW + " is not a directory",
            "files chroot --confirm QmPZ9gcCEpqKTo6aq61g2nXGUhM4iCL3ewB6LDXZCtioEB",
            "new root QmPZ9gcCEpqKTo6aq61g2nXGUhM4iCL3ewB6LDXZCtioEB does not exist locally; bring it first, with s3ds"
                    + " add or s3ds dag import");

    @TempDir
    Path directory;

    @TestFactory
    Stream<DynamicTest> everySentence() throws Exception {
        return everyExchange("files-exchanges.json", FilesExchangesTest::assertAnswered);
    }

    /** Chunks of 16 bytes, directories sharded above a few names: the root's CID after each of 250 changes. */
    @TestFactory
    Stream<DynamicTest> randomChanges() throws Exception {
        return everyExchange("files-random.json", (cli, exchange, result) -> {
            assertEquals(exchange.exit(), result.exit(), result.err());
            assertEquals(exchange.expectedOut(cli), result.out());
        });
    }

    private interface Check {
        void check(Cli cli, Exchange exchange, Cli.Result result);
    }

    private Stream<DynamicTest> everyExchange(String name, Check check) throws Exception {
        ExchangeFile file = ExchangeFile.load(name);
        file.layInputs(directory);
        Cli cli = new Cli(directory);
        assertEquals(0, cli.run("init", "--profile=test").exit());
        return file.exchanges().stream()
                .map(exchange -> DynamicTest.dynamicTest(
                        exchange.toString(), () -> check.check(cli, exchange, replay(cli, file, exchange))));
    }

    private static Cli.Result replay(Cli cli, ExchangeFile file, Exchange exchange) {
        String[] words = file.words(exchange);
        return exchange.input()
                .map(input -> cli.pipe(input.getBytes(StandardCharsets.UTF_8), words))
                .orElseGet(() -> cli.run(words));
    }

    private static void assertAnswered(Cli cli, Exchange exchange, Cli.Result result) {
        String ours = OUR_SENTENCES.get(String.join(" ", exchange.words()));
        if (ours == null) {
            exchange.assertAnswered(cli, result);
        } else {
            assertEquals("Error: " + ours, result.firstErrorLine());
            assertEquals(exchange.exit(), result.exit());
        }
    }
}
