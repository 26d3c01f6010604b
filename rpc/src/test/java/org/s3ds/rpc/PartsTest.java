package org.s3ds.rpc;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.s3ds.node.unixfs.InputNode;

/** Multipart bodies, cut into the tree they stand for. */
class PartsTest {
    private static final String TYPE = "multipart/form-data; boundary=\"b\"";

    /** A part of a file with that name, as it stands in the header. */
    private static String part(String filename, String headers, String content) {
        return "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + filename + "\"\r\n" + headers
                + "\r\n" + content + "\r\n";
    }

    private static String file(String filename, String content) {
        return part(filename, "Content-Type: application/octet-stream\r\n", content);
    }

    private static InputNode.Children files(InputStream in) throws IOException {
        return new RpcRequest(List.of(), List.of(), TYPE, in).files();
    }

    private static InputNode.Children files(String... parts) throws IOException {
        return files(new ByteArrayInputStream((String.join("", parts) + "--b--").getBytes(UTF_8)));
    }

    private static List<String> tree(String... parts) throws IOException {
        return tree(new ByteArrayInputStream((String.join("", parts) + "--b--\r\nepilogue").getBytes(UTF_8)));
    }

    private static List<String> tree(InputStream in) throws IOException {
        List<String> tree = new ArrayList<>();
        walk("", files(in), tree);
        return tree;
    }

    private static void walk(String path, InputNode.Children children, List<String> tree) throws IOException {
        for (Optional<InputNode> node = children.next(); node.isPresent(); node = children.next()) {
            String name = path + "/" + node.get().name();
            switch (node.get()) {
                case InputNode.File file ->
                    tree.add(name + "=" + new String(file.open().readAllBytes(), ISO_8859_1));
                case InputNode.Symlink link -> tree.add(name + "->" + link.target());
                case InputNode.Refused refused -> tree.add(refused.reason());
                case InputNode.Directory directory -> {
                    tree.add(name + "/");
                    walk(name, directory.open(), tree);
                }
            }
        }
    }

    @Test
    void directoriesWithAndWithoutAPartOfTheirOwn() throws IOException {
        String folder = "Content-Type: application/x-directory\r\n";
        assertEquals(
                List.of(
                        "/top/",
                        "/top/a.txt=1",
                        "/top/sub/",
                        "/top/sub/b=2",
                        "/top/link->a.txt",
                        "/x/",
                        "/x/y/",
                        "/x/y/z=3"),
                tree(
                        part("top", folder, ""),
                        file("top%2Fa.txt", "1"),
                        part("top%2Fsub", folder, ""),
                        file("top/sub/b", "2"),
                        part("top/link", "Content-Type: application/symlink\r\n", "a.txt"),
                        file("x/y/z", "3")));
    }

    @Test
    void nothingLeadsAboveTheRoot() throws IOException {
        assertEquals(
                List.of("/etc/", "/etc/passwd=1", "/c=2", "/=3"),
                tree(file("..%2F../etc%2Fpasswd", "1"), file("/a/./../b/..//c", "2"), file("..", "3")));
    }

    @Test
    void namesAreUnescapedWhenTheyCanBe() throws IOException {
        assertEquals(
                List.of("/a b+c=1", "/100%=2", "/ü=3", "/q\"uote=4", "/C:\\dev=5"),
                tree(
                        file("a+b%2Bc", "1"),
                        file("100%", "2"),
                        file("ü", "3"),
                        file("q\\\"uote", "4"),
                        file("C:\\dev", "5")));
    }

    @Test
    void aPartWithoutANameIsAFileWithoutOne() throws IOException {
        assertEquals(List.of("/=x"), tree("--b\r\n\r\nx\r\n"));
        assertEquals(List.of("/=y"), tree("--b\r\nContent-Disposition: nonsense\r\n\r\ny\r\n"));
    }

    @Test
    void whatComesForADirectoryThatWasPassedIsSkipped() throws IOException {
        InputNode.Children root = files(file("a/x", "1"), file("a/y", "2"), file("b", "3"));
        assertEquals("a", root.next().orElseThrow().name());
        assertEquals("b", root.next().orElseThrow().name());
        assertEquals(Optional.empty(), root.next());
    }

    @Test
    void metadataStandsBehindThePartsName() throws IOException {
        String body = "--b\r\nContent-Disposition: form-data; name=\"file?mode=0644&mtime=-5&mtime-nsecs=7\";"
                + " filename=\"f\"\r\n\r\n\r\n";
        InputNode file = files(body).next().orElseThrow();
        assertEquals(0644, file.metadata().mode().orElseThrow());
        assertEquals(-5, file.metadata().mtime().orElseThrow().seconds());
        assertEquals(7, file.metadata().mtime().orElseThrow().nanos());
    }

    @Test
    void whatLooksLikeABoundaryIsContent() throws IOException {
        assertEquals(List.of("/f=\r\n--bx\r\r\n-\r\n--a --b"), tree(file("f", "\r\n--bx\r\r\n-\r\n--a --b")));
    }

    @Test
    void aHeaderMayGoOnInTheNextLine() throws IOException {
        assertEquals(
                List.of("/f=x"),
                tree("--b\r\nContent-Disposition: form-data;\r\n filename=f\r\nX: y\r\n\tz\r\n\r\nx\r\n"));
    }

    @Test
    void quotedPrintableIsRefused() {
        assertThrows(
                IOException.class, () -> tree(part("f", "Content-Transfer-Encoding: Quoted-Printable\r\n", "a=20b")));
    }

    @Test
    void preambleAndEpilogueArePassedOver() throws IOException {
        assertEquals(List.of("/f=1"), tree("text\r\n", file("f", "1")));
        assertEquals(List.of(), tree());
    }

    @Test
    void anyContentComesWholeHoweverItIsCut() throws IOException {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            StringBuilder content = new StringBuilder();
            for (int i = random.nextInt(400); i > 0; i--) {
                content.append("\r\n--bx".charAt(random.nextInt(6)));
            }
            String text = content.toString().replace("\r\n--b", "\r\n-b");
            List<String> expected = List.of("/f=" + text, "/g=" + text);
            InputStream in = new CutStream((file("f", text) + file("g", text) + "--b--").getBytes(ISO_8859_1), random);
            assertEquals(expected, tree(in), "seed " + seed);
        }
    }

    /** Gives a few bytes at a time. */
    private static final class CutStream extends ByteArrayInputStream {
        private final Random random;

        CutStream(byte[] bytes, Random random) {
            super(bytes);
            this.random = random;
        }

        @Override
        public int read(byte[] to, int offset, int length) {
            return super.read(to, offset, Math.min(length, 1 + random.nextInt(9)));
        }
    }

    @Test
    void whoReadsByteByByteIsNotSlow() throws IOException {
        InputNode.File file =
                (InputNode.File) files(file("f", "x".repeat(1_000_000))).next().orElseThrow();
        InputStream in = file.open();
        int count = 0;
        for (int next = in.read(); next >= 0; next = in.read()) {
            count++;
        }
        assertEquals(1_000_000, count);
    }

    @Test
    void aBodyThatIsCutFails() {
        String body = file("f", "1".repeat(200_000));
        for (String cut : List.of("", "--", "--b", "--b\r\nContent", body, body + "--b", body + "--b-")) {
            assertThrows(IOException.class, () -> tree(new ByteArrayInputStream(cut.getBytes(UTF_8))), cut);
        }
    }

    @Test
    void whatCannotBeANameIsRefused() {
        assertThrows(IOException.class, () -> tree(file("a%00b", "1")));
        assertThrows(IOException.class, () -> tree(file("%ff", "1")));
        assertThrows(
                IOException.class, () -> tree(part("l", "Content-Type: application/symlink\r\n", "x".repeat(70_000))));
    }

    @Test
    void headersOfAPartHaveAnEnd() {
        assertThrows(IOException.class, () -> tree(file("x".repeat(70_000), "")));
        assertThrows(IOException.class, () -> tree(part("f", "X: y\r\n".repeat(200), "")));
        assertThrows(IOException.class, () -> tree(part("f", "no colon\r\n", "")));
    }

    @Test
    void contentIsGoneWhenTheNextPartIsAskedFor() throws IOException {
        InputNode.Children root = files(file("f", "1"), file("g", "2"));
        InputNode.File first = (InputNode.File) root.next().orElseThrow();
        root.next();
        assertThrows(IOException.class, () -> first.open().readAllBytes());
    }
}
