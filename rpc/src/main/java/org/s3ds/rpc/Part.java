package org.s3ds.rpc;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.s3ds.ipld.unixfs.Metadata;
import org.s3ds.ipld.unixfs.Mtime;

/**
 * One part of a multipart body: an entry of a file system.
 *
 * @param names its path from the root; none for what has no name
 * @param type the content type, without parameters
 * @param content what it holds; to be read before the next part is asked for
 */
record Part(List<String> names, String type, Metadata metadata, InputStream content) {
    /** The part with these headers, by their names in lower case. */
    static Part of(Map<String, String> headers, InputStream content) throws IOException {
        if (headers.getOrDefault("content-transfer-encoding", "").equalsIgnoreCase("quoted-printable")) {
            throw new IOException("parts of the body that are quoted-printable are not taken: send them as they are");
        }
        MediaType disposition = MediaType.parse(headers.getOrDefault("content-disposition", ""));
        String type = MediaType.parse(headers.getOrDefault("content-type", "")).name();
        String field = disposition.name().equals("form-data") ? disposition.parameter("name") : "";
        return new Part(names(disposition.parameter("filename")), type, metadata(field), content);
    }

    private static List<String> names(String escaped) throws IOException {
        Optional<byte[]> bytes = Escapes.percents(escaped.replace('+', ' ').getBytes(UTF_8));
        String path = bytes.isEmpty() ? escaped : text(bytes.get(), escaped);
        if (path.indexOf('\0') >= 0) {
            throw new IOException("a name in what was sent has a NUL in it: " + escaped);
        }
        return Escapes.names(path);
    }

    private static String text(byte[] bytes, String escaped) throws IOException {
        return Escapes.text(bytes)
                .orElseThrow(() -> new IOException("a name in what was sent is not UTF-8: " + escaped));
    }

    /** From {@code file?mode=0644&mtime=1600000000&mtime-nsecs=5}. */
    private static Metadata metadata(String field) {
        int mark = field.indexOf('?');
        if (mark < 0) {
            return Metadata.NONE;
        }
        Map<String, String> values = new HashMap<>();
        Escapes.query(field.substring(mark + 1)).forEach(pair -> values.putIfAbsent(pair.getKey(), pair.getValue()));
        return new Metadata(mode(values.get("mode")), mtime(values.get("mtime"), values.get("mtime-nsecs")));
    }

    /** Kubo's clients send the bits of Go's {@code os.FileMode}: what kind of file it is, and setuid and the like. */
    private static OptionalInt mode(@Nullable String octal) {
        try {
            return octal == null ? OptionalInt.empty() : OptionalInt.of(unix(Integer.parseUnsignedInt(octal, 8)));
        } catch (NumberFormatException _) {
            return OptionalInt.empty();
        }
    }

    private static int unix(int go) {
        return (go & 0777)
                | ((go & 1 << 23) != 0 ? 04000 : 0)
                | ((go & 1 << 22) != 0 ? 02000 : 0)
                | ((go & 1 << 20) != 0 ? 01000 : 0);
    }

    private static Optional<Mtime> mtime(@Nullable String seconds, @Nullable String nanos) {
        try {
            long fraction = nanos == null ? 0 : Long.parseLong(nanos);
            return seconds == null
                    ? Optional.empty()
                    : Optional.of(Mtime.of(Instant.ofEpochSecond(Long.parseLong(seconds), fraction)));
        } catch (NumberFormatException | DateTimeException | ArithmeticException _) {
            return Optional.empty();
        }
    }
}
