package org.s3ds.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What a daemon of Kubo 0.43.1 that runs offline answers about networks, health, logs and bootstrap peers. */
class NetworkExchangesTest {
    @TempDir
    Path directory;

    private Optional<InProcessDaemon> daemon = Optional.empty();

    @AfterEach
    void stop() throws Exception {
        if (daemon.isPresent()) {
            daemon.get().close();
        }
    }

    @TestFactory
    Stream<DynamicTest> everyRequest() throws Exception {
        Cli cli = new Cli(directory);
        Cli.Result made = cli.run("init", "--profile=test");
        assertEquals(0, made.exit(), made.err());
        InProcessDaemon running = InProcessDaemon.start(cli.repo(), cli.environment());
        daemon = Optional.of(running);
        return RpcExchange.load("rpc-daemon.json").stream()
                .map(exchange -> DynamicTest.dynamicTest(
                        exchange.toString(),
                        () -> exchange.assertAnswered(RawHttp.send(running.port(), exchange.bytes()))));
    }
}
