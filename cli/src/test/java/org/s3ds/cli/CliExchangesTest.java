package org.s3ds.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The commands recorded with Kubo 0.42.0, in their order, in one repo on the embedded server: each answers as Kubo did,
 * or differs as {@link MeantDifference} says, or is a command that is still to come.
 */
class CliExchangesTest {
    /** Commands of later issues. One that is added must be taken off this list. */
    private static final List<String> LATER = List.of("swarm");

    @TempDir
    Path directory;

    @TestFactory
    Stream<DynamicTest> everyExchange() throws Exception {
        ExchangeFile file = ExchangeFile.load();
        file.layInputs(directory);
        Cli cli = new Cli(directory);
        return file.exchanges().stream()
                .map(exchange -> DynamicTest.dynamicTest(exchange.toString(), () -> replay(cli, file, exchange)));
    }

    private static void replay(Cli cli, ExchangeFile file, Exchange exchange) {
        String[] words = file.words(exchange);
        Cli.Result result = exchange.input()
                .map(input -> cli.pipe(input.getBytes(StandardCharsets.UTF_8), words))
                .orElseGet(() -> cli.run(words));
        assertAnswered(cli, exchange, result);
    }

    static void assertAnswered(Cli cli, Exchange exchange, Cli.Result result) {
        Optional<MeantDifference> difference = MeantDifference.of(exchange);
        if (isLater(exchange)) {
            assertUnknown(exchange, result);
        } else if (difference.isPresent()) {
            difference.get().assertAnswered(cli, exchange, result);
        } else {
            exchange.assertAnswered(cli, result);
        }
    }

    private static boolean isLater(Exchange exchange) {
        String line = String.join(" ", exchange.words()) + " ";
        return LATER.stream().anyMatch(command -> line.startsWith(command + " "));
    }

    /** A word that no command has; below a group it is an argument too many, as with Kubo. */
    private static void assertUnknown(Exchange exchange, Cli.Result result) {
        String first = exchange.words().getFirst();
        if (Commands.ROOT.child(first).isEmpty()) {
            assertEquals("Error: Unknown Command \"" + first + "\"", result.firstErrorLine());
        } else {
            assertTrue(result.firstErrorLine().matches("Error: expected \\d argument\\(s\\), got \\d"), result.err());
        }
        assertEquals("", result.out());
        assertEquals(1, result.exit());
    }

    @TestFactory
    Stream<DynamicTest> noCommandOfTheListExists() {
        return LATER.stream()
                .map(command -> DynamicTest.dynamicTest(command, () -> {
                    Invocation found = Invocation.find(
                            Commands.ROOT, Arrays.stream(command.split(" ", -1)).toList());
                    assertFalse(found.arguments().isEmpty(), command + " exists: take it off the list LATER");
                }));
    }
}
