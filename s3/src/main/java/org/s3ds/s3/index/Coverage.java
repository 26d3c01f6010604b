package org.s3ds.s3.index;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.s3ds.datastore.Key;

/**
 * Which keys a listing has covered so far: spans of key texts, which never touch. Immutable. Texts are compared
 * character by character, so only keys of ASCII characters, whose sequence is that of the listing, are ever covered.
 */
public final class Coverage {
    /** Comes after every text of a key. */
    public static final String END = "\uffff";

    /** Nothing. */
    static final Coverage NOTHING = new Coverage(new TreeMap<>());

    /**
     * The keys whose texts come after one, and not after another.
     *
     * @param after a text, which need not be a key's; blank for all from the first on
     * @param upTo another; {@link Coverage#END} for all to the last
     */
    public record Span(String after, String upTo) {}

    private final NavigableMap<String, String> spans;

    private Coverage(NavigableMap<String, String> spans) {
        this.spans = spans;
    }

    /** With one more span. */
    Coverage with(Span span) {
        if (span.after().equals(span.upTo())) {
            return this;
        }
        NavigableMap<String, String> next = new TreeMap<>(spans);
        String after = span.after();
        String upTo = span.upTo();
        Map.Entry<String, String> before = next.floorEntry(after);
        if (before != null && before.getValue().compareTo(after) >= 0) {
            after = before.getKey();
            upTo = later(upTo, before.getValue());
        }
        for (Map.Entry<String, String> each = next.ceilingEntry(after);
                each != null && each.getKey().compareTo(upTo) <= 0;
                each = next.ceilingEntry(after)) {
            upTo = later(upTo, each.getValue());
            next.remove(each.getKey());
        }
        next.put(after, upTo);
        return new Coverage(next);
    }

    private static String later(String a, String b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    /** Whether a key would have been seen if it were there. */
    boolean covers(Key key) {
        String text = key.toString();
        Map.Entry<String, String> span = spans.lowerEntry(text);
        return span != null
                && text.compareTo(span.getValue()) <= 0
                && text.chars().allMatch(each -> each < 0x80);
    }

    /** What is not covered. */
    List<Span> gaps() {
        List<Span> gaps = new ArrayList<>();
        String from = "";
        for (Map.Entry<String, String> span : spans.entrySet()) {
            if (!span.getKey().equals(from)) {
                gaps.add(new Span(from, span.getKey()));
            }
            from = span.getValue();
        }
        if (!from.equals(END)) {
            gaps.add(new Span(from, END));
        }
        return gaps;
    }

    /** Whether everything is covered. */
    boolean isWhole() {
        return gaps().isEmpty();
    }

    /** The text up to which everything is covered; blank for none. */
    String begin() {
        return spans.getOrDefault("", "");
    }

    /** As bytes: each text behind its length, in bytes, of four. */
    byte[] encode() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        spans.forEach((after, upTo) -> {
            write(bytes, after);
            write(bytes, upTo);
        });
        return bytes.toByteArray();
    }

    private static void write(ByteArrayOutputStream bytes, String text) {
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        bytes.writeBytes(
                ByteBuffer.allocate(Integer.BYTES).putInt(encoded.length).array());
        bytes.writeBytes(encoded);
    }

    /** From such bytes. */
    static Coverage decode(byte[] encoded) {
        ByteBuffer bytes = ByteBuffer.wrap(encoded);
        NavigableMap<String, String> spans = new TreeMap<>();
        while (bytes.hasRemaining()) {
            spans.put(read(bytes), read(bytes));
        }
        return new Coverage(spans);
    }

    private static String read(ByteBuffer bytes) {
        byte[] text = new byte[bytes.getInt()];
        bytes.get(text);
        return new String(text, StandardCharsets.UTF_8);
    }
}
