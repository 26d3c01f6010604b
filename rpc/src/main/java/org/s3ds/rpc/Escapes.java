package org.s3ds.rpc;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Text in URLs, escaped and cut as Go's {@code net/url} and {@code path} do. */
final class Escapes {
    private Escapes() {}

    /** {@code a=b&c=d} in its order; a pair that Go cannot read is left out. */
    static List<Map.Entry<String, String>> query(String query) {
        List<Map.Entry<String, String>> pairs = new ArrayList<>();
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            if (!pair.isEmpty() && pair.indexOf(';') < 0) {
                unescaped(name).ifPresent(key -> unescaped(value).ifPresent(text -> pairs.add(Map.entry(key, text))));
            }
        }
        return pairs;
    }

    /** Pairs as the query of a URL. */
    static String query(List<Map.Entry<String, String>> pairs) {
        StringBuilder text = new StringBuilder();
        pairs.forEach(pair -> text.append(text.isEmpty() ? "" : "&")
                .append(escaped(pair.getKey()))
                .append('=')
                .append(escaped(pair.getValue())));
        return text.toString();
    }

    /** As {@code url.QueryEscape}. */
    static String escaped(String text) {
        return URLEncoder.encode(text, UTF_8).replace("*", "%2A").replace("%7E", "~");
    }

    /** As {@code url.QueryUnescape}; empty for what it cannot read, and for what is not UTF-8. */
    static Optional<String> unescaped(String text) {
        return percents(text.replace('+', ' ').getBytes(UTF_8)).flatMap(Escapes::text);
    }

    /** UTF-8 as text; empty when it is not. */
    static Optional<String> text(byte[] bytes) {
        try {
            return Optional.of(UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (CharacterCodingException _) {
            return Optional.empty();
        }
    }

    /** Bytes with each {@code %xx} replaced; empty when a percent sign has no two hex digits behind it. */
    static Optional<byte[]> percents(byte[] escaped) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(escaped.length);
        for (int i = 0; i < escaped.length; i++) {
            if (escaped[i] != '%') {
                bytes.write(escaped[i]);
                continue;
            }
            int high = i + 2 < escaped.length ? Character.digit(escaped[i + 1], 16) : -1;
            int low = i + 2 < escaped.length ? Character.digit(escaped[i + 2], 16) : -1;
            if (high < 0 || low < 0) {
                return Optional.empty();
            }
            bytes.write(high << 4 | low);
            i += 2;
        }
        return Optional.of(bytes.toByteArray());
    }

    /** The names in a path as {@code path.Clean("/" + path)} leaves them: none is empty, and none leads upwards. */
    static List<String> names(String path) {
        List<String> names = new ArrayList<>();
        for (String name : path.split("/", -1)) {
            if (name.equals("..") && !names.isEmpty()) {
                names.removeLast();
            } else if (!name.isEmpty() && !name.equals(".") && !name.equals("..")) {
                names.add(name);
            }
        }
        return List.copyOf(names);
    }
}
