package org.s3ds.node.migrate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.s3ds.datastore.Datastore;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.MemoryDatastore;
import org.s3ds.datastore.Query;
import org.s3ds.datastore.StoreIndex.Totals;
import org.s3ds.ipld.HashFunction;
import org.s3ds.node.ScriptedDatastore;
import org.s3ds.node.blocks.Blockstore;
import org.s3ds.node.transfer.TransferProgress;

/** What is written down before what, and what is asked of the source. */
final class BlockCopyingTest {
    private static final MigrationOptions USUAL = new MigrationOptions(false, false, true);

    @TempDir
    private Path parent;

    private final MemoryDatastore from = new MemoryDatastore();
    private final MemoryDatastore to = new MemoryDatastore();
    private final List<String> calls = Collections.synchronizedList(new ArrayList<>());
    private String atPhase = "";
    private Runnable event = () -> {};

    @BeforeEach
    void fill() {
        for (int i = 0; i < 20; i++) {
            put("block " + i);
        }
    }

    /** Files that a process has written are there whenever it is killed: a copy of them shows what would be. */
    @Test
    void aNameIsWrittenDownBeforeItsBlockIsPut() throws Exception {
        at("copying", () -> put("new"));
        MigrationFolder folder = MigrationFolder.next(parent, InstantSource.system());
        AtomicInteger known = new AtomicInteger();
        Datastore target = new ScriptedDatastore(to, (call, key) -> {
            if (call.equals("put") && key.equals(key("new"))) {
                known.set(isAmong(folder.names("source"), key) ? 1 : -1);
            }
        });
        try (BlockCopying copying = new BlockCopying(folder, USUAL, listener(), from, target)) {
            copying.copyAhead();
        }
        assertEquals(1, known.get());
    }

    private boolean isAmong(Path names, Key key) throws DatastoreException {
        Path copy = parent.resolve("copy");
        try (var files = Files.walk(names)) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(names.relativize(file).toString()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try (Names all = Names.open(copy)) {
            return all.contains(key);
        } catch (IOException e) {
            throw new DatastoreException("no names", e);
        }
    }

    @Test
    void theLastPassListsTheSourceOnceAndKnowsWhatIsGone() throws Exception {
        Datastore source = new ScriptedDatastore(from, (call, key) -> calls.add(call));
        MigrationFolder folder = MigrationFolder.next(parent, InstantSource.system());
        try (BlockCopying copying = new BlockCopying(folder, USUAL, listener(), source, to)) {
            copying.copyAhead();
            for (int i : new int[] {0, 7, 19}) {
                from.delete(key("block " + i));
            }
            put("new");
            calls.clear();
            assertEquals(3L, copying.copyLast().get("deleted"));
        }
        assertEquals(1, Collections.frequency(calls, "query"));
        assertEquals(18, count(to));
        assertTrue(to.has(key("new")));
    }

    private static long count(MemoryDatastore store) throws DatastoreException {
        try (var all = store.query(Query.keys(Key.ROOT))) {
            return all.rest().size();
        }
    }

    private void at(String phase, Runnable happens) {
        atPhase = phase;
        event = happens;
    }

    private static Key key(String content) {
        return Blockstore.nameOf(HashFunction.SHA2_256.hash(content.getBytes(StandardCharsets.UTF_8)));
    }

    private void put(String content) {
        from.put(key(content), content.getBytes(StandardCharsets.UTF_8));
    }

    private MigrationListener listener() {
        return new MigrationListener() {
            @Override
            public void phase(String words) {
                if (words.equals(atPhase)) {
                    event.run();
                }
            }

            @Override
            public void total(Totals all) {}

            @Override
            public void notice(String sentence) {}

            @Override
            public void progress(TransferProgress so) {}
        };
    }
}
