package org.s3ds.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.Metrics;
import org.s3ds.datastore.StoreIndex;

/** What {@code index} prints, of an index that is made up. */
class IndexCommandsTest {
    private static final Key BLOCK = Key.raw("/blocks/CIQBVEE7YBWHYZM34J3QAFE76GKZ5Q7ISMRONRTU5QISTTJGRHHVC7I");
    private static final String CID = "bafkreia2scp4a3d4mwn6e5yacsp7dfm6ypujgixgyz2oyejjzutitt2rpu";

    @TempDir
    private Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private Cli cli = new Cli(Path.of(""));
    private Terminal terminal = terminal(Map.of());
    private TerminalSession session = session();

    @BeforeEach
    void init() {
        cli = new Cli(directory);
        assertEquals(0, cli.run("init", "--profile=flatfs").exit());
        terminal = terminal(cli.environment());
        session = session();
    }

    /** An index that says what it is made with. */
    private record MadeUp(Status status, List<Drift> drifts) implements StoreIndex {
        @Override
        public Optional<Status> seen() {
            return Optional.of(status);
        }

        @Override
        public Optional<Totals> totals() {
            return Optional.of(status.known());
        }

        @Override
        public Totals rebuild(Progress progress) {
            for (int i = 0; i <= 5_000; i++) {
                progress.listed(new Totals(i, 2L * i));
            }
            return status.known();
        }

        @Override
        public Compared verify(Progress progress, Drifts found) throws DatastoreException {
            progress.listed(new Totals(1, 2));
            for (Drift drift : drifts) {
                found.found(drift);
            }
            return new Compared(status.known(), 0);
        }

        @Override
        public boolean awaitLoaded(Duration most) {
            return true;
        }

        @Override
        public int notes(Key key) {
            return 0;
        }

        @Override
        public void note(Key key, int bits) {}
    }

    private static StoreIndex index(StoreIndex.Drift... drifts) {
        return new MadeUp(
                new StoreIndex.Status(
                        "bucket/node1",
                        StoreIndex.State.LOADING,
                        new StoreIndex.Totals(3, 500),
                        1,
                        Optional.of(BLOCK),
                        OptionalLong.of(70_000)),
                List.of(drifts));
    }

    private static StoreIndex.Drift drift(Key key, long indexed, long stored) {
        return new StoreIndex.Drift(key, optional(indexed), optional(stored));
    }

    private static OptionalLong optional(long bytes) {
        return bytes < 0 ? OptionalLong.empty() : OptionalLong.of(bytes);
    }

    @Test
    void statusSaysHowTheIndexIs() throws Exception {
        IndexStatusCommand command = new IndexStatusCommand(session);
        reply(command).only(IndexStatusCommand.fields(index().status()));
        assertEquals("""
                Place:    bucket/node1
                State:    loading: it is filled from a listing while it is used; what it does not know yet is asked of the bucket
                Blocks:   3
                Bytes:    500
                Doubtful: 1
                LoadedTo: CIQBVEE7YBWHYZM34J3QAFE76GKZ5Q7ISMRONRTU5QISTTJGRHHVC7I
                Disk:     70000
                """, text());
    }

    @Test
    void rebuildSaysWhatTheIndexKnows() throws Exception {
        IndexRebuildCommand command = new IndexRebuildCommand(session);
        IndexRebuildCommand.rebuild(index(), new IndexEvents(session, reply(command)));
        assertEquals("the index knows 3 blocks of 500 bytes\n", text());
    }

    @Test
    void whoAsksADaemonIsToldOfEachThousand() throws Exception {
        IndexRebuildCommand command = new IndexRebuildCommand(session);
        LocalReply values = new LocalReply(command.display(terminal), terminal, true);
        IndexRebuildCommand.rebuild(index(), new IndexEvents(session, values));
        assertEquals(5 + 1, text().lines().count(), text());
        assertTrue(text().startsWith("{\"Progress\":1000,\"Bytes\":2000}\n"), text());
    }

    @Test
    void verifySaysThatThereIsNoDifference() throws Exception {
        verify(index());
        assertEquals("compared with 3 blocks in the bucket, of 500 bytes: 0 differences\n", text());
    }

    @Test
    void verifySaysOfHowManyNothingIsKnown() throws Exception {
        IndexEvents events = new IndexEvents(session, reply(new IndexVerifyCommand(session)));
        events.compared(new StoreIndex.Compared(new StoreIndex.Totals(3, 500), 2));
        assertEquals(
                "compared with 3 blocks in the bucket, of 500 bytes: 0 differences; of 2 it does not know whether they are"
                        + " there\n",
                text());
    }

    @Test
    void verifyPrintsEachDifferenceAndFails() {
        StoreIndex index = index(drift(BLOCK, 5, -1), drift(Key.raw("/blocks/other"), -1, 6), drift(BLOCK, 7, 8));
        IOException failure = assertThrows(IOException.class, () -> verify(index));
        assertEquals(
                "the index is wrong about 3 blocks: 1 vanished, 1 unknown, 1 resized; to fill it anew, run: s3ds index rebuild;"
                        + " to see whether anything that is pinned is missing, run: s3ds pin verify",
                failure.getMessage());
        assertEquals(
                CID + " is in the index, with 5 bytes, but not in the bucket\n"
                        + "/blocks/other is in the bucket, with 6 bytes, but not in the index\n"
                        + CID + " has 8 bytes in the bucket, and 7 in the index\n"
                        + "compared with 3 blocks in the bucket, of 500 bytes: 3 differences\n",
                text());
    }

    @Test
    void oneIsNotMany() {
        StoreIndex index = new MadeUp(
                new StoreIndex.Status(
                        "bucket/node1",
                        StoreIndex.State.COMPLETE,
                        new StoreIndex.Totals(1, 1),
                        0,
                        Optional.empty(),
                        OptionalLong.empty()),
                List.of(drift(BLOCK, 1, -1)));
        IOException failure = assertThrows(IOException.class, () -> verify(index));
        assertTrue(failure.toString().contains("the index is wrong about 1 block: 1 vanished; "), failure.toString());
        assertEquals(
                CID + " is in the index, with 1 byte, but not in the bucket\n"
                        + "compared with 1 block in the bucket, of 1 byte: 1 difference\n",
                text());
    }

    @Test
    void withoutAnIndexASentenceSaysWhy() {
        for (String word : List.of("status", "rebuild", "verify")) {
            Cli.Result result = cli.run("index", word);
            assertEquals(1, result.exit());
            assertEquals(
                    "Error: the blocks of this repo have no index: one is kept of a bucket (type s3ds) unless its spec"
                            + " says \"index\": false, and not in a repo that is only read",
                    result.firstErrorLine());
        }
    }

    private void verify(StoreIndex index) throws IOException {
        IndexVerifyCommand command = new IndexVerifyCommand(session);
        IndexVerifyCommand.verify(index, new IndexEvents(session, reply(command)));
    }

    private LocalReply reply(Operation command) {
        return new LocalReply(command.display(terminal), terminal, false);
    }

    private String text() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private TerminalSession session() {
        return new TerminalSession(terminal, new GlobalOptions(), Metrics.none());
    }

    private Terminal terminal(Map<String, String> environment) {
        PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
        Path folder = Path.of("/");
        return new Terminal(InputStream.nullInputStream(), print, print, folder, environment, false, false, false);
    }
}
