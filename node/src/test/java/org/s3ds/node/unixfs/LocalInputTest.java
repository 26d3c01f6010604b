package org.s3ds.node.unixfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.s3ds.ipld.CidFormat;

class LocalInputTest {
    @TempDir
    Path folder;

    @Test
    void namesComeInTheOrderOfTheirBytesWithoutHiddenOnes() throws IOException {
        for (String name : List.of("b", "a", "é", "Z", ".hidden", "a b", "日", "\uD83D\uDE00")) {
            file("tree/" + name, name);
        }
        assertEquals(List.of("Z", "a", "a b", "b", "é", "日", "\uD83D\uDE00"), names(LocalOptions.all()));
        LocalOptions hidden = new LocalOptions(true, true, IgnoreRules.NONE, false, false);
        assertEquals(".hidden", names(hidden).getFirst());
    }

    @Test
    void ignoredNamesAreLeftOutButNotWhatWasNamed() throws IOException {
        file("tree/a.bin", "");
        file("tree/sub/b.bin", "");
        file("tree/sub/c", "");
        LocalOptions options = new LocalOptions(true, false, IgnoreRules.parse(List.of("*.bin", "tree")), false, false);
        assertEquals(List.of("sub", "sub/c"), names(options));
    }

    @Test
    void aDirectoryNeedsTheFlag() throws IOException {
        file("tree/a", "");
        LocalOptions flat = new LocalOptions(false, false, IgnoreRules.NONE, false, false);
        assertEquals(
                "'tree' is a directory, use the '-r' flag to specify directories",
                failure(new LocalInput(folder, flat), "./tree/"));
    }

    @Test
    void whatIsNotThereIsNamedAsItWasTyped() {
        assertEquals("lstat in/absent: no such file or directory", failure(input(), "in/absent"));
    }

    @Test
    void theFolderItselfHasItsOwnName() throws IOException {
        assertEquals(
                folder.toRealPath().getFileName().toString(), input().open(".").name());
    }

    @Test
    void aSymlinkStaysOneUnlessItIsFollowed() throws IOException {
        file("tree/a", "abc");
        Files.createSymbolicLink(folder.resolve("link"), Path.of("tree/a"));
        InputNode.Symlink link = (InputNode.Symlink) input().open("link");
        assertEquals("tree/a", link.target());
        LocalOptions follow = new LocalOptions(true, false, IgnoreRules.NONE, true, false);
        InputNode.File file = (InputNode.File) new LocalInput(folder, follow).open("link");
        assertEquals("link", file.name());
        try (InputStream content = file.open()) {
            assertEquals("abc", new String(content.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8));
        }
    }

    @Test
    void aSymlinkToAFolderAboveItWouldNeverEnd() throws IOException {
        file("tree/sub/a", "");
        Files.createSymbolicLink(folder.resolve("tree/sub/up"), Path.of(".."));
        LocalOptions follow = new LocalOptions(true, false, IgnoreRules.NONE, false, true);
        IOException failure = assertThrows(IOException.class, () -> names(follow));
        assertTrue(String.valueOf(failure.getMessage()).contains("tree/sub/up is a symlink to a folder that holds it"));
    }

    @Test
    void aSocketIsRefused() throws IOException {
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(folder.resolve("s")));
            assertTrue(failure(input(), "s").startsWith("unrecognized file type for s: "));
        }
    }

    @Test
    void aFileThatGrowsWhileItIsReadFails() throws IOException {
        Path path = file("grows", "12345");
        InputNode.File file = (InputNode.File) input().open("grows");
        try (InputStream content = file.open()) {
            Files.writeString(path, "1234567");
            assertEquals(
                    "grows changed while it was added: it had 5 bytes, then 7. Add it again when nothing writes to it",
                    assertThrows(IOException.class, content::readAllBytes).getMessage());
        }
    }

    @Test
    void aFileThatIsReplacedWhileItIsReadFails() throws IOException {
        Path path = file("replaced", "12345");
        InputNode.File file = (InputNode.File) input().open("replaced");
        try (InputStream content = file.open()) {
            Files.move(file("other", "54321"), path, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            assertEquals(
                    "replaced changed while it was added. Add it again when nothing writes to it",
                    assertThrows(IOException.class, content::readAllBytes).getMessage());
        }
    }

    @Test
    void aFileThatVanishesIsNamed() throws IOException {
        Path path = file("gone", "12345");
        InputNode.File file = (InputNode.File) input().open("gone");
        try (InputStream content = file.open()) {
            Files.delete(path);
            assertEquals(
                    "gone vanished while it was added",
                    assertThrows(IOException.class, content::readAllBytes).getMessage());
        }
        assertEquals(
                "open gone: no such file or directory",
                assertThrows(IOException.class, file::open).getMessage());
    }

    /** Java cannot make such a name, a shell can. */
    @Test
    void aNameThatIsNotUtf8IsRefusedAndTheRestGoesOn() throws IOException, InterruptedException {
        file("tree/z", "z");
        String script = "touch \"$(printf 'tree/bad\\377')\"; ln -s \"$(printf 'to\\377')\" tree/link";
        assertEquals(
                0,
                new ProcessBuilder("sh", "-c", script)
                        .directory(folder.toFile())
                        .start()
                        .waitFor());
        MemoryNode node = new MemoryNode();
        AddResult result = node.add(AddOptions.defaults(CidFormat.V0), input().open("tree"));
        assertEquals(
                List.of(
                        "tree/bad\uFFFD was not added: its name is not UTF-8",
                        "tree/link was not added: the path it points to is not UTF-8"),
                result.refused());
        assertEquals(
                List.of("tree/z", "tree"),
                node.added().stream().map(Added::name).toList());
    }

    @Test
    void anArgumentThatIsNotUtf8IsRefused() throws IOException {
        InputNode.Refused refused = (InputNode.Refused) input().open("in/bad\uFFFD");
        assertEquals("in/bad\uFFFD was not added: its name is not UTF-8", refused.reason());
        file("really\uFFFD", "");
        assertTrue(input().open("really\uFFFD") instanceof InputNode.File);
    }

    @Test
    void theSizeOfAnInputIsThatOfItsFiles() throws IOException {
        file("tree/a", "abc");
        file("tree/sub/b", "de");
        file("tree/.hidden", "not counted");
        assertEquals(5, InputSize.of(List.of(input().open("tree"))));
    }

    private LocalInput input() {
        return new LocalInput(folder, LocalOptions.all());
    }

    private static String failure(LocalInput input, String argument) {
        return String.valueOf(
                assertThrows(IOException.class, () -> input.open(argument)).getMessage());
    }

    private Path file(String name, String content) throws IOException {
        Path path = folder.resolve(name);
        Files.createDirectories(path.getParent());
        return Files.writeString(path, content);
    }

    private List<String> names(LocalOptions options) throws IOException {
        List<String> names = new ArrayList<>();
        collect((InputNode.Directory) new LocalInput(folder, options).open("tree"), "", names);
        return names;
    }

    private static void collect(InputNode.Directory directory, String path, List<String> names) throws IOException {
        try (InputNode.Children children = directory.open()) {
            for (Optional<InputNode> child = children.next(); child.isPresent(); child = children.next()) {
                names.add(path + child.get().name());
                if (child.get() instanceof InputNode.Directory below) {
                    collect(below, path + below.name() + "/", names);
                }
            }
        }
    }
}
