package org.s3ds.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.s3ds.node.repo.Repo;

/**
 * The recorded commands once more, asked of a daemon: whatever a command prints, and its exit code, are the same either
 * way. Commands that no daemon can be asked for find the repo free.
 */
class DaemonExchangesTest {
    @TempDir
    Path directory;

    private Optional<InProcessDaemon> daemon = Optional.empty();

    @AfterEach
    void stop() throws IOException {
        if (daemon.isPresent()) {
            daemon.get().close();
            daemon = Optional.empty();
        }
    }

    @TestFactory
    Stream<DynamicTest> everyExchangeThroughADaemon() throws Exception {
        ExchangeFile file = ExchangeFile.load();
        file.layInputs(directory);
        Cli cli = new Cli(directory);
        return file.exchanges().stream()
                .map(exchange -> DynamicTest.dynamicTest(exchange.toString(), () -> replay(cli, file, exchange)));
    }

    private void replay(Cli cli, ExchangeFile file, Exchange exchange) throws IOException {
        String[] words = file.words(exchange);
        if (!isForADaemon(words)) {
            stop();
        } else if (daemon.isEmpty() && Repo.isInitialized(cli.repo())) {
            daemon = Optional.of(InProcessDaemon.start(cli.repo(), cli.environment()));
        }
        Cli.Result result = exchange.input()
                .map(input -> cli.pipe(input.getBytes(StandardCharsets.UTF_8), words))
                .orElseGet(() -> cli.run(words));
        CliExchangesTest.assertAnswered(cli, exchange, result);
    }

    private static boolean isForADaemon(String[] words) {
        Command command = Invocation.find(Commands.ROOT, Arrays.asList(words)).command();
        return command.maker().filter(Command.Maker.Shared.class::isInstance).isPresent();
    }
}
