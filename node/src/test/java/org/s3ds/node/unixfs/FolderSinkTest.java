package org.s3ds.node.unixfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.s3ds.ipld.unixfs.Metadata;
import org.s3ds.ipld.unixfs.Mtime;

class FolderSinkTest {
    private static final Metadata NONE = new Metadata(OptionalInt.empty(), Optional.empty());

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"..", ".", "", "a/b", "/etc", "../out", "a\0b"})
    void aNameThatLeadsElsewhereIsRefused(String name) throws IOException {
        FolderSink sink = sink();
        sink.directory(List.of("root"), NONE);
        List<String> path = List.of("root", name);
        assertThrows(IOException.class, () -> sink.file(path, NONE, content("x")));
        assertThrows(IOException.class, () -> sink.directory(path, NONE));
        assertThrows(IOException.class, () -> sink.symlink(path, NONE, "x"));
        assertEquals(List.of("target"), names(folder));
        assertEquals(List.of(), names(folder.resolve("target")));
    }

    @Test
    void aSymlinkOfTheTreeIsNotFollowed() throws IOException {
        Path outside = Files.createDirectory(folder.resolve("outside"));
        FolderSink sink = sink();
        sink.directory(List.of("root"), NONE);
        sink.symlink(List.of("root", "a"), NONE, outside.toString());
        assertThrows(IOException.class, () -> sink.directory(List.of("root", "a"), NONE));
        assertEquals(List.of(), names(outside));
    }

    @Test
    void aFileReplacesASymlinkAndLeavesItsTargetAlone() throws IOException {
        Path outside = Files.writeString(folder.resolve("outside"), "untouched");
        FolderSink sink = sink();
        sink.directory(List.of("root"), NONE);
        sink.symlink(List.of("root", "a"), NONE, outside.toString());
        sink.file(List.of("root", "a"), NONE, content("new"));
        assertEquals("untouched", Files.readString(outside));
        assertEquals("new", Files.readString(folder.resolve("target/a")));
    }

    @Test
    void aSymlinkInPlaceOfTheTargetIsRefused() throws IOException {
        Path outside = Files.createDirectory(folder.resolve("outside"));
        Files.createSymbolicLink(folder.resolve("target"), outside);
        assertThrows(IOException.class, () -> sink().directory(List.of("root"), NONE));
    }

    @Test
    void aFileGoesIntoAFolderThatIsThereUnderItsOwnName() throws IOException {
        Files.createDirectory(folder.resolve("target"));
        sink().file(List.of("name"), NONE, content("x"));
        assertEquals("x", Files.readString(folder.resolve("target/name")));
    }

    @Test
    void aFileReplacesAFileOnceItIsWhole() throws IOException {
        Files.writeString(folder.resolve("target"), "old");
        FolderSink sink = sink();
        TreeSink.Content broken = new TreeSink.Content() {
            @Override
            public long size() {
                return 2;
            }

            @Override
            public void copyTo(OutputStream out) throws IOException {
                out.write('x');
                throw new IOException("the rest is missing");
            }
        };
        assertThrows(IOException.class, () -> sink.file(List.of("name"), NONE, broken));
        assertEquals("old", Files.readString(folder.resolve("target")));
        assertEquals(List.of("target"), names(folder));
        sink.file(List.of("name"), NONE, content("new"));
        assertEquals("new", Files.readString(folder.resolve("target")));
    }

    @Test
    void modeAndTimeAreRestoredButNoSetuidBit() throws IOException {
        Metadata stored = new Metadata(OptionalInt.of(04751), Optional.of(new Mtime(1_600_000_000, 5)));
        FolderSink sink = sink();
        sink.directory(List.of("root"), stored);
        sink.file(List.of("root", "a"), stored, content("x"));
        sink.endDirectory(List.of("root"), stored);
        for (Path path : List.of(folder.resolve("target"), folder.resolve("target/a"))) {
            assertEquals("rwxr-x--x", PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
            assertEquals(
                    1_600_000_000, Files.getLastModifiedTime(path).toInstant().getEpochSecond());
        }
        assertFalse(((int) Files.getAttribute(folder.resolve("target/a"), "unix:mode") & 04000) != 0);
    }

    @Test
    void aFolderWithContentIsNotReplacedByAFile() throws IOException {
        Files.createDirectories(folder.resolve("target/a/b"));
        FolderSink sink = sink();
        sink.directory(List.of("root"), NONE);
        assertThrows(IOException.class, () -> sink.file(List.of("root", "a"), NONE, content("x")));
        assertTrue(Files.isDirectory(folder.resolve("target/a/b"), LinkOption.NOFOLLOW_LINKS));
    }

    private FolderSink sink() {
        return new FolderSink(folder.resolve("target"));
    }

    private static TreeSink.Content content(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new TreeSink.Content() {
            @Override
            public long size() {
                return bytes.length;
            }

            @Override
            public void copyTo(OutputStream out) throws IOException {
                out.write(bytes);
            }
        };
    }

    private static List<String> names(Path folder) throws IOException {
        try (var names = Files.list(folder)) {
            return names.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }
}
