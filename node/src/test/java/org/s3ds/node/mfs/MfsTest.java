package org.s3ds.node.mfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.MemoryDatastore;
import org.s3ds.ipld.Block;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.CidFormat;
import org.s3ds.ipld.HashFunction;
import org.s3ds.ipld.Link;
import org.s3ds.ipld.Multicodec;
import org.s3ds.ipld.PbNode;
import org.s3ds.ipld.unixfs.Metadata;
import org.s3ds.ipld.unixfs.UnixfsNode;
import org.s3ds.node.ScriptedDatastore;
import org.s3ds.node.blocks.Blockstore;
import org.s3ds.node.blocks.Collector;
import org.s3ds.node.blocks.HashPolicy;
import org.s3ds.node.pins.FilesRoot;
import org.s3ds.node.unixfs.ImportChoice;

/** What Kubo's recordings do not show: failures, the order of writes, and where Kubo loses files. */
class MfsTest {
    private static final CopyOptions PLAIN = new CopyOptions(false, false, Optional.empty());

    private final List<String> calls = new ArrayList<>();
    private Optional<Key> failing = Optional.empty();

    private final ScriptedDatastore store = new ScriptedDatastore(new MemoryDatastore(), this::called);
    private final Blockstore blocks = new Blockstore(store, HashPolicy.kubo());
    private final FilesRoot root = new FilesRoot(store);
    private final Mfs files;

    MfsTest() throws IOException {
        files = new Mfs(blocks, root, MfsOptions.of(ImportChoice.NONE, () -> Instant.EPOCH));
    }

    private void called(String call, Key key) throws DatastoreException {
        calls.add(call + (key.equals(FilesRoot.KEY) ? " root" : ""));
        if (failing.equals(Optional.of(key)) && call.equals("put")) {
            throw new DatastoreException("out of order");
        }
    }

    private static MfsPath path(String text) throws IOException {
        return MfsPath.parse(text);
    }

    private void write(String path, String content) throws IOException {
        WriteOptions how =
                new WriteOptions(0, OptionalLong.empty(), true, true, false, Optional.empty(), Optional.empty());
        files.write(path(path), how, new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8)));
    }

    private static void assertRefused(String sentence, Executable change) {
        assertEquals(sentence, assertThrows(IOException.class, change).getMessage());
    }

    @Test
    void withoutARootThereIsAnEmptyDirectoryAndNothingIsStored() throws IOException {
        assertEquals(Mfs.EMPTY_DIRECTORY, files.find(MfsPath.ROOT).cid());
        files.makeDirectory(MfsPath.ROOT, true, Optional.empty());
        assertEquals(Optional.empty(), root.cid());
        assertEquals(List.of("get root", "get root", "get root"), calls);
    }

    @Test
    void blocksAreDurableBeforeTheRootIsWrittenAndThenItIs() throws IOException {
        files.makeDirectory(path("/a"), false, Optional.empty());
        assertEquals(
                List.of("get root", "put", "put", "sync", "put root", "sync root"),
                calls.stream().filter(call -> !call.startsWith("has")).toList());
    }

    @Test
    void aRootThatCannotBeWrittenIsAFailureAndTheOldOneStays() throws IOException {
        write("/a", "content");
        Cid before = files.find(MfsPath.ROOT).cid();
        failing = Optional.of(FilesRoot.KEY);
        assertRefused("out of order", () -> write("/b", "more"));
        failing = Optional.empty();
        assertEquals(before, files.find(MfsPath.ROOT).cid());
        write("/b", "more");
        assertEquals(4, files.find(path("/b")).stat().size());
    }

    @Test
    void contentThatCannotBeReadChangesNothing() throws IOException {
        write("/a", "content");
        Cid before = files.find(MfsPath.ROOT).cid();
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                return read(new byte[1], 0, 1);
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                throw new IOException("the disk is gone");
            }
        };
        WriteOptions how =
                new WriteOptions(0, OptionalLong.empty(), false, false, true, Optional.empty(), Optional.empty());
        assertRefused("the disk is gone", () -> files.write(path("/a"), how, broken));
        assertEquals(before, files.find(MfsPath.ROOT).cid());
    }

    @Test
    void nothingGoesIntoItself() throws IOException {
        write("/a/b/file", "content");
        Cid before = files.find(MfsPath.ROOT).cid();
        assertRefused("cannot move /a to /a/b/a, which is inside it", () -> files.move(path("/a"), path("/a/b")));
        assertRefused("cannot move /a to /a/c, which is inside it", () -> files.move(path("/a"), path("/a/c")));
        assertRefused("cannot move /a to /a/a, which is inside it", () -> files.move(path("/a"), path("/a")));
        assertEquals(before, files.find(MfsPath.ROOT).cid());
        files.copy(new CopySource.Files(path("/a")), path("/a/copy"), PLAIN);
        assertEquals(7, files.find(path("/a/copy/b/file")).stat().size(), "a copy may");
    }

    @Test
    void whatIsMovedBetweenDirectoriesOfOneNameIsNoLongerWhereItWas() throws IOException {
        write("/a/x/file", "content");
        files.makeDirectory(path("/b/x"), true, Optional.empty());
        files.move(path("/a/x/file"), path("/b/x/file"));
        assertRefused("file does not exist", () -> files.find(path("/a/x/file")));
        assertEquals(7, files.find(path("/b/x/file")).stat().size());
    }

    @Test
    void aCopyOfTheRootNeedsAName() throws IOException {
        write("/a", "content");
        assertRefused(
                "cp: cannot put node in path /: the root has no name, so give its copy one",
                () -> files.copy(new CopySource.Files(MfsPath.ROOT), MfsPath.ROOT, PLAIN));
        files.copy(new CopySource.Files(MfsPath.ROOT), path("/copy"), PLAIN);
        assertEquals(7, files.find(path("/copy/a")).stat().size());
    }

    @Test
    void aDirectoryInlinedInItsCidBecomesABlockWhenItGrowsAndIsNotPutBackByForce() throws IOException {
        CidFormat inlined = new CidFormat(1, Multicodec.DAG_PB, HashFunction.IDENTITY);
        files.makeDirectory(path("/i"), false, Optional.of(inlined));
        write("/i/file1", "hello world");
        assertTrue(files.find(path("/i")).cid().isIdentity());
        write("/i/file2", "hello world");
        write("/i/file3", "hello world");
        Cid grown = files.find(path("/i")).cid();
        assertEquals(HashFunction.SHA2_256.code(), grown.hash().code());
        assertRefused(
                "digest too large: identity digest got 145 bytes, maximum 128",
                () -> files.changeFormat(path("/i"), inlined));
        assertEquals(grown, files.find(path("/i")).cid());
    }

    @Test
    void aMissingBlockIsNeverTakenForAnAbsentName() throws IOException {
        Cid gone = Cid.v0(HashFunction.SHA2_256.hash(new byte[] {1}));
        Block directory = Block.hash(
                CidFormat.V0,
                PbNode.of(
                                List.of(new Link("gone", gone, 10)),
                                UnixfsNode.directory(Metadata.NONE).encode())
                        .encode());
        blocks.put(directory);
        files.copy(new CopySource.Content(directory.cid(), "/ipfs/" + directory.cid()), path("/d"), PLAIN);
        String missing = "block was not found locally (offline): ipld: could not find " + gone;
        assertRefused(missing, () -> files.find(path("/d/gone")));
        assertRefused(missing, () -> files.find(path("/d/gone/below")));
        assertRefused(
                "cp: cannot put node in path /d/gone: directory already has entry by that name",
                () -> files.copy(new CopySource.Content(directory.cid(), "/ipfs/x"), path("/d/gone"), PLAIN));
        assertEquals(List.of("/d/gone: " + missing), files.remove(List.of("/d/gone"), false, false));
        assertEquals(List.of(), files.remove(List.of("/d/gone"), false, true));
    }

    @Test
    void aRootThatIsMissingOrNoDirectoryNamesTheWayOut() throws IOException {
        Block file = Block.hash(new CidFormat(1, Multicodec.RAW, HashFunction.SHA2_256), new byte[] {1});
        root.set(file.cid());
        String help = "; 's3ds files chroot' gives the files another root, see 's3ds files chroot --help'";
        assertRefused(
                "error loading filesroot from dagservice: block was not found locally (offline):"
                        + " ipld: could not find " + file.cid() + help,
                () -> files.find(MfsPath.ROOT));
        blocks.put(file);
        assertRefused(
                "failed to initialize MFS root from " + file.cid() + " stored at /local/filesroot: block " + file.cid()
                        + " is not a directory" + help,
                () -> write("/a", "content"));
        assertEquals(Optional.of(file.cid()), files.changeRoot(Mfs.EMPTY_DIRECTORY));
        write("/a", "content");
    }

    @Test
    void whatIsCopiedWhileACollectionRunsStays() throws IOException {
        Block leaf = Block.hash(new CidFormat(1, Multicodec.RAW, HashFunction.SHA2_256), new byte[] {1});
        Block directory = Block.hash(
                CidFormat.V0,
                PbNode.of(
                                List.of(new Link("leaf", leaf.cid(), 1)),
                                UnixfsNode.directory(Metadata.NONE).encode())
                        .encode());
        blocks.put(leaf);
        blocks.put(directory);
        try (Collector collector = blocks.collect()) {
            files.copy(new CopySource.Content(directory.cid(), "/ipfs/x"), path("/d"), PLAIN);
            assertTrue(collector.isProtected(leaf.cid().hash()));
        }
    }

    @Test
    void aPathOfManyNamesIsFollowedWithoutRecursion() throws IOException {
        String deep = "/d".repeat(20_000);
        files.makeDirectory(path(deep), true, Optional.empty());
        assertTrue(files.find(path(deep)).stat().isDirectory());
        assertEquals(List.of(), files.remove(List.of(deep), true, false));
    }
}
