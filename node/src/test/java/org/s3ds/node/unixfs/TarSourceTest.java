package org.s3ds.node.unixfs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.s3ds.ipld.unixfs.Mtime;

/** A daemon that is none of ours may send any archive: nothing of it may end up outside the folder it is meant for. */
class TarSourceTest {
    private static final Mtime TIME = new Mtime(1_600_000_000, 5);

    @TempDir
    Path folder;

    private final ByteArrayOutputStream archive = new ByteArrayOutputStream();
    private final TarWriter tar = new TarWriter(archive);
    private Path target;

    @BeforeEach
    void place() {
        target = folder.resolve("target");
    }

    private void add(String name, TarWriter.Type type, String content) throws IOException {
        boolean file = type == TarWriter.Type.FILE;
        byte[] bytes = content.getBytes(UTF_8);
        tar.header(new TarWriter.Entry(name, type, 0640, TIME, file ? bytes.length : 0, file ? "" : content));
        if (file) {
            tar.content().write(bytes);
            tar.endContent(bytes.length);
        }
    }

    private void unpack(byte[] bytes) throws IOException {
        new TarSource(new ByteArrayInputStream(bytes)).copyTo(new FolderSink(target));
    }

    private void unpack() throws IOException {
        tar.finish();
        unpack(archive.toByteArray());
    }

    /** What there is below the folder of the test beside the target, in order. */
    private List<String> outside() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(path -> !path.startsWith(target) && !path.equals(folder))
                    .map(path -> folder.relativize(path).toString())
                    .sorted()
                    .toList();
        }
    }

    @Test
    void whatWasWrittenIsReadBack() throws IOException {
        String deep = "d".repeat(90);
        add("root", TarWriter.Type.DIRECTORY, "");
        add("root/file", TarWriter.Type.FILE, "content");
        add("root/link", TarWriter.Type.SYMLINK, "file");
        add("root/" + deep, TarWriter.Type.DIRECTORY, "");
        add("root/" + deep + "/ü", TarWriter.Type.FILE, "x".repeat(2_000));
        add("root/last", TarWriter.Type.FILE, "");
        unpack();
        assertEquals("content", Files.readString(target.resolve("file")));
        assertEquals(Path.of("file"), Files.readSymbolicLink(target.resolve("link")));
        assertEquals(2_000, Files.size(target.resolve(deep).resolve("ü")));
        assertEquals(0, Files.size(target.resolve("last")));
        assertEquals(
                TIME.seconds(),
                Files.getLastModifiedTime(target.resolve("file")).toInstant().getEpochSecond());
        assertEquals(List.of(), outside());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"..", "root/..", "root/../out", "root/./x", "/out", "other/x", "other", "root//x", "root/a/b"})
    void aNameThatIsNotInTheTreeIsRefused(String name) throws IOException {
        add("root", TarWriter.Type.DIRECTORY, "");
        add(name, TarWriter.Type.FILE, "evil");
        assertThrows(IOException.class, this::unpack);
        assertEquals(List.of(), outside());
        assertFalse(Files.exists(target.resolve("x")));
    }

    @Test
    void nothingIsWrittenThroughASymlinkOfTheArchive() throws IOException {
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        add("root", TarWriter.Type.DIRECTORY, "");
        add("root/link", TarWriter.Type.SYMLINK, elsewhere.toString());
        add("root/link/x", TarWriter.Type.FILE, "evil");
        assertThrows(IOException.class, this::unpack);
        assertEquals(List.of("elsewhere"), outside());
    }

    @Test
    void anArchiveThatIsCutIsAnErrorAndLeavesNoHalfFile() throws IOException {
        add("root", TarWriter.Type.DIRECTORY, "");
        add("root/whole", TarWriter.Type.FILE, "whole");
        add("root/half", TarWriter.Type.FILE, "y".repeat(3_000));
        byte[] all = archive.toByteArray();
        assertThrows(IOException.class, () -> unpack(Arrays.copyOf(all, all.length - 1_000)));
        assertEquals("whole", Files.readString(target.resolve("whole")));
        assertFalse(Files.exists(target.resolve("half")));
        assertThrows(IOException.class, () -> unpack(all), "its end is missing");
    }

    @Test
    void whatIsNoArchiveIsRefused() {
        assertThrows(IOException.class, () -> unpack(new byte[0]));
        assertThrows(IOException.class, () -> unpack(new byte[1024]), "empty");
        IOException text =
                assertThrows(IOException.class, () -> unpack("x".repeat(2048).getBytes(UTF_8)));
        assertTrue(String.valueOf(text.getMessage()).contains("archive"), text.getMessage());
        assertFalse(Files.exists(target));
    }
}
