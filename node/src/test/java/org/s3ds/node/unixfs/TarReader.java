package org.s3ds.node.unixfs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads a tar archive and checks every checksum on the way. */
final class TarReader {
    private final DataInputStream in;
    private final Map<String, String> pax = new HashMap<>();

    private TarReader(InputStream in) {
        this.in = new DataInputStream(in);
    }

    /** An entry; a directory's name without its slash. */
    record Entry(String name, char type, int mode, String mtime, String content, String target) {}

    static List<Entry> read(InputStream in) throws IOException {
        TarReader reader = new TarReader(in);
        List<Entry> entries = new ArrayList<>();
        byte[] header = reader.block();
        while (header[0] != 0) {
            reader.entry(header, entries);
            header = reader.block();
        }
        return entries;
    }

    private byte[] block() throws IOException {
        byte[] block = new byte[512];
        in.readFully(block);
        return block;
    }

    private void entry(byte[] header, List<Entry> entries) throws IOException {
        checkSum(header);
        long size = Long.parseLong(pax.getOrDefault("size", "" + octal(header, 124, 12)));
        byte[] content = new byte[(int) size];
        in.readFully(content);
        in.readFully(new byte[(int) (-size & 511)]);
        if (header[156] == 'x') {
            readPax(content);
            return;
        }
        String name = pax.getOrDefault("path", text(header, 0, 100));
        entries.add(new Entry(
                name.endsWith("/") ? name.substring(0, name.length() - 1) : name,
                (char) header[156],
                (int) octal(header, 100, 8),
                pax.getOrDefault("mtime", "" + octal(header, 136, 12)),
                new String(content, StandardCharsets.UTF_8),
                pax.getOrDefault("linkpath", text(header, 157, 100))));
        pax.clear();
    }

    private void readPax(byte[] records) {
        int at = 0;
        while (at < records.length) {
            int space = at;
            while (records[space] != ' ') {
                space++;
            }
            int length = Integer.parseInt(new String(records, at, space - at, StandardCharsets.US_ASCII));
            String[] pair =
                    new String(records, space + 1, at + length - space - 2, StandardCharsets.UTF_8).split("=", 2);
            assertEquals('\n', records[at + length - 1]);
            pax.put(pair[0], pair[1]);
            at += length;
        }
    }

    private static void checkSum(byte[] header) {
        int sum = 0;
        for (int i = 0; i < header.length; i++) {
            sum += i >= 148 && i < 156 ? ' ' : header[i] & 0xff;
        }
        assertEquals(octal(header, 148, 8), sum);
    }

    private static long octal(byte[] header, int at, int length) {
        return Long.parseLong(text(header, at, length).strip(), 8);
    }

    private static String text(byte[] header, int at, int length) {
        int end = at;
        while (end < at + length && header[end] != 0) {
            end++;
        }
        return new String(header, at, end - at, StandardCharsets.US_ASCII);
    }
}
