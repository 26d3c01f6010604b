package org.s3ds.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Map;
import java.util.TreeMap;
import org.s3ds.node.repo.Json;

/** Files that a command line names to say what a store is; {@code -} is standard input. */
final class StoreFiles {
    /** More than any secret key has; what is larger is another file. */
    private static final int LARGEST_SECRET = 4096;

    private StoreFiles() {}

    /** The spec of a store, as JSON. */
    static Map<String, Object> spec(Terminal terminal, String name) throws IOException {
        boolean isPiped = name.equals("-");
        byte[] text = isPiped ? terminal.in().readAllBytes() : Files.readAllBytes(terminal.resolve(name));
        String where = isPiped ? "standard input" : name;
        if (!(Json.parse(text, where) instanceof Map<?, ?> map)) {
            throw new IOException(
                    where + " is no spec of a store: it must hold an object, such as {\"type\": \"s3ds\", …}");
        }
        Map<String, Object> spec = new TreeMap<>();
        map.forEach((key, value) -> {
            if (value != null) { // as good as left out
                spec.put((String) key, value);
            }
        });
        return spec;
    }

    /** A secret key, which is the only word of the file. */
    static String secretKey(Terminal terminal, String name) throws IOException {
        if (name.equals("-")) {
            return word(terminal.in(), "standard input");
        }
        try (InputStream in = Files.newInputStream(terminal.resolve(name))) {
            return word(in, name);
        }
    }

    /** Never says what it found: that may be a secret. */
    private static String word(InputStream in, String where) throws IOException {
        byte[] bytes = in.readNBytes(LARGEST_SECRET);
        String text = new String(bytes, StandardCharsets.UTF_8).strip();
        if (text.isEmpty()) {
            throw new IOException("no secret key in " + where + ": it is empty");
        }
        if (text.chars().anyMatch(Character::isWhitespace) || bytes.length == LARGEST_SECRET) {
            throw new IOException(where + " holds more than a secret key: it must hold the key and nothing else");
        }
        return text;
    }
}
