package org.s3ds.node.unixfs;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.s3ds.ipld.unixfs.Mtime;

/**
 * The header of an entry in a tar archive: ustar, with what a PAX header before it says.
 *
 * @param name without a slash at its end
 * @param mode permission bits
 * @param size bytes of content that follow
 * @param target of a symlink
 */
record TarHeader(String name, TarWriter.Type type, int mode, Mtime mtime, long size, String target) {
    private static final int BLOCK = 512;
    private static final int OCTAL = 8;
    private static final int MOST_PAX = 1 << 20;
    private static final int NANOS = 9;

    /** Reads the next one; empty at the end of the archive. */
    static Optional<TarHeader> read(InputStream in) throws IOException {
        Map<String, String> pax = new HashMap<>();
        while (true) {
            Fields fields = new Fields(in.readNBytes(BLOCK));
            if (fields.block.length < BLOCK) {
                throw cut();
            }
            if (fields.isEmpty()) {
                return Optional.empty();
            }
            fields.check();
            switch (fields.block[156]) {
                case 'x' -> pax.putAll(pax(in, fields.octal(124, 12)));
                case 'g' -> pax(in, fields.octal(124, 12));
                default -> {
                    return Optional.of(of(fields, pax));
                }
            }
        }
    }

    private static TarHeader of(Fields fields, Map<String, String> pax) throws IOException {
        TarWriter.Type type = switch (fields.block[156]) {
            case '0', 0 -> TarWriter.Type.FILE;
            case '2' -> TarWriter.Type.SYMLINK;
            case '5' -> TarWriter.Type.DIRECTORY;
            default -> throw new IOException("the archive has an entry that is neither file, directory nor symlink");
        };
        String size = pax.get("size");
        String mtime = pax.get("mtime");
        return new TarHeader(
                pax.getOrDefault("path", fields.name()).replaceFirst("/$", ""),
                type,
                (int) fields.octal(100, 8) & 07777,
                mtime == null ? new Mtime(fields.octal(136, 12), 0) : time(mtime),
                type != TarWriter.Type.FILE ? 0 : size == null ? fields.octal(124, 12) : number(size, 10),
                pax.getOrDefault("linkpath", fields.text(157, 100)));
    }

    private static Mtime time(String text) throws IOException {
        try {
            BigDecimal time = new BigDecimal(text);
            BigDecimal seconds = time.setScale(0, RoundingMode.FLOOR);
            BigDecimal nanos = time.subtract(seconds).movePointRight(NANOS);
            return new Mtime(seconds.longValueExact(), nanos.intValue());
        } catch (NumberFormatException | ArithmeticException e) {
            throw new IOException("the archive has a time that is none: " + text, e);
        }
    }

    private static long number(String digits, int radix) throws IOException {
        try {
            long number = digits.isEmpty() ? 0 : Long.parseLong(digits, radix);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new IOException("the archive has a number that is none: " + digits, e);
        }
        throw new IOException("the archive has a number below 0: " + digits);
    }

    /** Records such as {@code 20 path=a/b\n}, which begin with their own length in bytes. */
    private static Map<String, String> pax(InputStream in, long size) throws IOException {
        if (size > MOST_PAX) {
            throw new IOException("the archive has a header of " + size + " bytes");
        }
        byte[] all = in.readNBytes((int) size);
        skipPadding(in, size);
        Map<String, String> records = new HashMap<>();
        for (int at = 0; at < all.length; ) {
            String rest = new String(all, at, Math.min(all.length - at, 20), StandardCharsets.ISO_8859_1);
            int space = rest.indexOf(' ');
            long length = space < 0 ? 0 : number(rest.substring(0, space), 10);
            if (length <= space + 1 || length > all.length - at) {
                throw new IOException("the archive has a header that cannot be read");
            }
            String record = new String(all, at + space + 1, (int) length - space - 2, StandardCharsets.UTF_8);
            int equals = record.indexOf('=');
            records.put(record.substring(0, Math.max(0, equals)), record.substring(equals + 1));
            at += (int) length;
        }
        return records;
    }

    /** Content is followed by as many bytes as make whole blocks of it. */
    static void skipPadding(InputStream in, long size) throws IOException {
        int padding = (int) (-size & (BLOCK - 1));
        if (in.readNBytes(padding).length < padding) {
            throw cut();
        }
    }

    static IOException cut() {
        return new IOException("the archive ends too early");
    }

    /** The block that a header is. */
    private static final class Fields {
        private final byte[] block;

        Fields(byte[] block) {
            this.block = block;
        }

        boolean isEmpty() {
            for (byte value : block) {
                if (value != 0) {
                    return false;
                }
            }
            return true;
        }

        void check() throws IOException {
            int sum = OCTAL * ' ';
            for (int i = 0; i < BLOCK; i++) {
                sum += i < 148 || i >= 156 ? block[i] & 0xff : 0;
            }
            if (sum != octal(148, 8)) {
                throw new IOException("this is no tar archive");
            }
        }

        String text(int at, int length) {
            int end = at;
            while (end < at + length && block[end] != 0) {
                end++;
            }
            return new String(block, at, end - at, StandardCharsets.UTF_8);
        }

        long octal(int at, int length) throws IOException {
            return number(text(at, length).strip(), OCTAL);
        }

        /** POSIX puts what is too long for the name before it. */
        String name() {
            String before = text(257, 6).equals("ustar") ? text(345, 155) : "";
            return before.isEmpty() ? text(0, 100) : before + "/" + text(0, 100);
        }
    }
}
