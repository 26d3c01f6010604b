package org.s3ds.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The requests recorded with a daemon of Kubo 0.42.0, in their order, on a new repo of the profile {@code test}: each
 * is answered alike in status, headers, trailers and body, or differs for a reason that stands here.
 */
class RpcExchangesTest {
    /** By the line of the request, why it is answered in another way. */
    private static final Map<String, String> MEANT = Map.of(
            "POST /api/v0/repo/verify",
                    "Kubo also stores directories that it makes on the way, such as around one file",
            "POST /api/v0/repo/gc", "the same: it has more garbage");

    private static final int MOST_MEANT = 5;

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
        return replay("rpc-exchanges.json");
    }

    /** Recorded with Kubo 0.43.1: dag, cid, key, name, config, id and version with odd options and arguments. */
    @TestFactory
    Stream<DynamicTest> everyRequestForOtherThanFiles() throws Exception {
        return replay("rpc-meta.json");
    }

    private Stream<DynamicTest> replay(String file) throws Exception {
        Cli cli = new Cli(directory);
        Cli.Result made = cli.run("init", "--profile=test");
        assertEquals(0, made.exit(), made.err());
        InProcessDaemon running = InProcessDaemon.start(cli.repo(), cli.environment());
        daemon = Optional.of(running);
        return RpcExchange.load(file).stream()
                .map(exchange -> DynamicTest.dynamicTest(exchange.toString(), () -> replay(running, exchange)));
    }

    private static void replay(InProcessDaemon running, RpcExchange exchange) throws Exception {
        RawHttp.Answer answer = RawHttp.send(running.port(), exchange.bytes());
        if (isLater(exchange)) {
            assertEquals(404, answer.status());
        } else if (MEANT.containsKey(exchange.line())) {
            assertNotEquals(exchange.expected(), exchange.comparable(answer), "no difference any more");
        } else {
            exchange.assertAnswered(answer);
        }
    }

    /** Commands that are still to be offered by a daemon. */
    private static boolean isLater(RpcExchange exchange) {
        if (!exchange.line().startsWith("POST") || exchange.line().contains("nonsense") || exchange.isRefused()) {
            return false;
        }
        String path = exchange.line().replaceFirst("^POST /api/v0/", "").replaceFirst("[?].*", "");
        return isLocal(path);
    }

    private static boolean isLocal(String path) {
        Command command = Invocation.find(List.of(path.split("/", -1))).command();
        return command.maker().stream().allMatch(Command.Maker.Local.class::isInstance);
    }

    @Test
    void fewDifferencesAreMeantAndEachIsOfARequest() throws Exception {
        assertTrue(MEANT.size() <= MOST_MEANT);
        List<String> lines = RpcExchange.load("rpc-exchanges.json").stream()
                .map(RpcExchange::line)
                .toList();
        MEANT.keySet().forEach(line -> assertTrue(lines.contains(line), Objects.requireNonNull(line)));
    }
}
