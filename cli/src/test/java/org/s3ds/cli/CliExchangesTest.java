package org.s3ds.cli;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The commands recorded with Kubo 0.42.0, in their order, in one repo on the embedded server: each answers as Kubo did,
 * or differs as {@link MeantDifference} says.
 */
class CliExchangesTest {
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
        if (difference.isPresent()) {
            difference.get().assertAnswered(cli, exchange, result);
        } else {
            exchange.assertAnswered(cli, result);
        }
    }
}
