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

    /** The same of the requests for trees. */
    private static final Map<String, String> MEANT_OF_TREES = Map.of(
            "POST /api/v0/add?case=metadata",
            "Kubo tells of each file what was sent with its root",
            "POST /api/v0/add?case=symlink",
            "Kubo tells of a symlink what was sent",
            "POST /api/v0/add?mode=0600&mtime=1600000000&mtime-nsecs=5",
            "what is stored is told",
            "POST /api/v0/add?mode=0x1ff",
            "what is stored is told",
            "POST /api/v0/add?to-files=rel",
            "refused before anything is stored",
            "POST /api/v0/resolve?arg=/ipns/k51qzi5uqu5dhlznnzye8e8mb6w75ntdqb8i9pbrzl9oxbkp7ixfc9bwyw2ypp&recursive=true",
            "the sentence says why",
            "POST /api/v0/files/write?arg=/d/w.txt&case=directory",
            "the sentence says what is wanted",
            "POST /api/v0/files/ls?arg=/d&long=true&cid-base=base32",
            "the base is heeded");

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
        return replayed("rpc-exchanges.json", MEANT);
    }

    /** Recorded with Kubo 0.43.1: dag, cid, key, name, config, id and version with odd options and arguments. */
    @TestFactory
    Stream<DynamicTest> everyRequestForOtherThanFiles() throws Exception {
        return replayed("rpc-meta.json", MEANT);
    }

    /** Recorded with Kubo 0.43.1: files, add, get, ls, refs and resolve, with good options and bad ones. */
    @TestFactory
    Stream<DynamicTest> everyRequestForTrees() throws Exception {
        return replayed("rpc-tree.json", MEANT_OF_TREES);
    }

    private Stream<DynamicTest> replayed(String file, Map<String, String> meant) throws Exception {
        Cli cli = new Cli(directory);
        Cli.Result made = cli.run("init", "--profile=test");
        assertEquals(0, made.exit(), made.err());
        InProcessDaemon running = InProcessDaemon.start(cli.repo(), cli.environment());
        daemon = Optional.of(running);
        return RpcExchange.load(file).stream()
                .map(exchange -> DynamicTest.dynamicTest(exchange.toString(), () -> replay(running, exchange, meant)));
    }

    private static void replay(InProcessDaemon running, RpcExchange exchange, Map<String, String> meant)
            throws Exception {
        RawHttp.Answer answer = RawHttp.send(running.port(), exchange.bytes());
        if (isLater(exchange)) {
            assertEquals(404, answer.status());
        } else if (meant.containsKey(exchange.line())) {
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
