package org.s3ds.node.unixfs;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.s3ds.ipld.unixfs.Mtime;

/**
 * The tar format of POSIX: ustar headers, with a PAX header before those that ustar cannot hold (a name or target above
 * 100 bytes or outside ASCII, a size from 8 GiB on, a time before 1970 or with a fraction). Three kinds of entries are
 * all that is needed; the usual library is a megabyte and reads thirty formats.
 */
final class TarWriter {
    private static final int BLOCK = 512;
    private static final int NAME_LENGTH = 100;
    private static final long NUMBER_LIMIT = 1L << 33;

    private final OutputStream out;
    private long written;

    TarWriter(OutputStream out) {
        this.out = out;
    }

    /** The kinds of entries, as the header's type field says them. */
    enum Type {
        FILE('0'),
        SYMLINK('2'),
        DIRECTORY('5'),
        PAX('x');

        private final char flag;

        Type(char flag) {
            this.flag = flag;
        }
    }

    /**
     * An entry; the size is that of the content that follows, in bytes. Kubo's clients want names of directories
     * without a slash at the end.
     */
    record Entry(String name, Type type, int mode, Mtime mtime, long size, String target) {}

    /** Writes the header of an entry. Content of exactly its size has to follow. */
    void header(Entry entry) throws IOException {
        byte[] pax = pax(entry);
        if (pax.length > 0) {
            Entry paxEntry = new Entry("PaxHeaders/entry", Type.PAX, 0644, new Mtime(0, 0), pax.length, "");
            out.write(ustar(paxEntry));
            out.write(pax);
            pad(pax.length);
        }
        out.write(ustar(entry));
        written = 0;
    }

    /** Where the content of a file goes. */
    OutputStream content() {
        return new OutputStream() {
            @Override
            public void write(int value) throws IOException {
                out.write(value);
                written++;
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                out.write(bytes, offset, length);
                written += length;
            }
        };
    }

    /** Ends the content of a file. */
    void endContent(long size) throws IOException {
        if (written != size) {
            throw new IOException("a file of " + size + " bytes had " + written);
        }
        pad(size);
    }

    /** Writes the two empty blocks that end an archive. */
    void finish() throws IOException {
        out.write(new byte[2 * BLOCK]);
        out.flush();
    }

    private void pad(long size) throws IOException {
        out.write(new byte[(int) (-size & (BLOCK - 1))]);
    }

    private static byte[] pax(Entry entry) {
        ByteArrayOutputStream records = new ByteArrayOutputStream();
        if (needsPax(entry.name())) {
            records.writeBytes(record("path", entry.name()));
        }
        if (needsPax(entry.target)) {
            records.writeBytes(record("linkpath", entry.target));
        }
        if (entry.size >= NUMBER_LIMIT) {
            records.writeBytes(record("size", Long.toString(entry.size)));
        }
        if (!fitsUstar(entry.mtime)) {
            records.writeBytes(record("mtime", decimal(entry.mtime)));
        }
        return records.toByteArray();
    }

    private static boolean needsPax(String text) {
        return text.length() > NAME_LENGTH
                || !StandardCharsets.US_ASCII.newEncoder().canEncode(text);
    }

    private static boolean fitsUstar(Mtime mtime) {
        return mtime.seconds() >= 0 && mtime.seconds() < NUMBER_LIMIT && mtime.nanos() == 0;
    }

    /** Seconds with a fraction; a time before 1970 with a fraction counts from the second before it. */
    private static String decimal(Mtime mtime) {
        BigDecimal seconds = BigDecimal.valueOf(mtime.seconds())
                .add(BigDecimal.valueOf(mtime.nanos(), 9))
                .stripTrailingZeros();
        return seconds.toPlainString();
    }

    /** A record of a PAX header: its own length in decimal digits comes first and counts itself. */
    private static byte[] record(String key, String value) {
        byte[] rest = (" " + key + "=" + value + "\n").getBytes(StandardCharsets.UTF_8);
        int length = rest.length;
        while (rest.length + digits(length) != length) {
            length = rest.length + digits(length);
        }
        ByteArrayOutputStream record = new ByteArrayOutputStream();
        record.writeBytes(Integer.toString(length).getBytes(StandardCharsets.US_ASCII));
        record.writeBytes(rest);
        return record.toByteArray();
    }

    private static int digits(int number) {
        return Integer.toString(number).length();
    }

    private static byte[] ustar(Entry entry) {
        Header header = new Header();
        header.text(0, NAME_LENGTH, entry.name());
        header.octal(100, 8, entry.mode);
        header.octal(108, 8, 0);
        header.octal(116, 8, 0);
        header.octal(124, 12, entry.size < NUMBER_LIMIT ? entry.size : 0);
        header.octal(136, 12, Math.clamp(entry.mtime.seconds(), 0, NUMBER_LIMIT - 1));
        header.text(148, 8, "        ");
        header.text(156, 1, String.valueOf(entry.type.flag));
        header.text(157, NAME_LENGTH, entry.target);
        header.text(257, 8, "ustar\00000");
        header.checksum();
        return header.block;
    }

    private static final class Header {
        private final byte[] block = new byte[BLOCK];

        void text(int at, int length, String text) {
            byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
            System.arraycopy(bytes, 0, block, at, Math.min(bytes.length, length));
        }

        void octal(int at, int length, long number) {
            String digits = Long.toOctalString(number);
            text(at, length, "0".repeat(length - 1 - digits.length()) + digits);
            block[at + length - 1] = 0;
        }

        void checksum() {
            int sum = 0;
            for (byte value : block) {
                sum += value & 0xff;
            }
            text(148, 8, String.format(Locale.ROOT, "%06o\0 ", sum));
        }
    }
}
