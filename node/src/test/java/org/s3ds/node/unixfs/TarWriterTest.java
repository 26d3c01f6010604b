package org.s3ds.node.unixfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.s3ds.ipld.unixfs.Mtime;

class TarWriterTest {
    @Test
    void shortNamesNeedNoPaxHeader() throws IOException {
        byte[] tar = write("a.txt", TarWriter.Type.FILE, new Mtime(1600000000, 0), "hello", "");
        assertEquals(4 * 512, tar.length);
        assertEquals(
                List.of(new TarReader.Entry("a.txt", '0', 0640, "1600000000", "hello", "")),
                TarReader.read(new ByteArrayInputStream(tar)));
    }

    @Test
    void longNamesAndOtherScriptsComeBack() throws IOException {
        String name = "日本語/" + "x".repeat(200);
        byte[] tar = write(name, TarWriter.Type.SYMLINK, new Mtime(0, 0), "", "ziel/é".repeat(30));
        assertEquals(
                List.of(new TarReader.Entry(name, '2', 0640, "0", "", "ziel/é".repeat(30))),
                TarReader.read(new ByteArrayInputStream(tar)));
    }

    @Test
    void timesBefore1970AndFractionsComeBack() throws IOException {
        byte[] early = write("a", TarWriter.Type.DIRECTORY, new Mtime(-10, 500_000_000), "", "");
        assertEquals(
                "-9.5",
                TarReader.read(new ByteArrayInputStream(early)).getFirst().mtime());
        byte[] fine = write("a", TarWriter.Type.FILE, new Mtime(10, 5), "", "");
        assertEquals(
                "10.000000005",
                TarReader.read(new ByteArrayInputStream(fine)).getFirst().mtime());
    }

    @Test
    void contentOfAnotherLengthThanSaidIsRefused() throws IOException {
        TarWriter tar = new TarWriter(new ByteArrayOutputStream());
        tar.header(new TarWriter.Entry("a", TarWriter.Type.FILE, 0644, new Mtime(0, 0), 5, ""));
        tar.content().write(new byte[4]);
        assertEquals(
                "a file of 5 bytes had 4",
                assertThrows(IOException.class, () -> tar.endContent(5)).getMessage());
    }

    private static byte[] write(String name, TarWriter.Type type, Mtime mtime, String content, String target)
            throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        TarWriter tar = new TarWriter(bytes);
        byte[] data = content.getBytes(StandardCharsets.UTF_8);
        tar.header(new TarWriter.Entry(name, type, 0640, mtime, data.length, target));
        tar.content().write(data);
        tar.endContent(data.length);
        tar.finish();
        return bytes.toByteArray();
    }
}
