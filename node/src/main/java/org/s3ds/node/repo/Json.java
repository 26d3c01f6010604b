package org.s3ds.node.repo;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.s3ds.datastore.Key;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/**
 * JSON as plain values: {@code Map} with text keys in their sequence, {@code List}, {@code String}, {@code Boolean},
 * {@code Long}, {@code BigDecimal} for numbers that no {@code Long} is, and null. Written as Go's encoding/json writes.
 */
public final class Json {
    private static final JsonFactory FACTORY = new JsonFactory();

    private static final Pattern NO_NUMBER = Pattern.compile("Non-standard token '([^']*)'");

    private Json() {}

    /**
     * The first value in a text; what follows it is not looked at, as Kubo does not.
     *
     * @param where the file, for the error
     * @throws JsonException when there is no whole value
     */
    public static @Nullable Object parse(byte[] text, String where) throws JsonException {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            return value(parser, parser.nextToken(), where);
        } catch (JacksonException e) {
            throw failed(where, e.getLocation(), reason(e), e);
        }
    }

    /** With two spaces a level and no line break at the end, as Kubo's config. */
    public static String pretty(@Nullable Object value) {
        return new JsonWriter(true).write(value);
    }

    /** On one line, without spaces. */
    public static String compact(@Nullable Object value) {
        return new JsonWriter(false).write(value);
    }

    /** The same value with the keys of every map in byte order, as Go writes a map. */
    public static @Nullable Object sorted(@Nullable Object value) {
        return switch (value) {
            case Map<?, ?> map -> {
                Map<String, @Nullable Object> copy = new TreeMap<>(Json::compareBytes);
                map.forEach((key, child) -> copy.put((String) key, sorted(child)));
                yield copy;
            }
            case List<?> list -> {
                List<@Nullable Object> copy = new ArrayList<>();
                list.forEach(child -> copy.add(sorted(child)));
                yield copy;
            }
            case null, default -> value;
        };
    }

    private static @Nullable Object value(JsonParser parser, @Nullable JsonToken token, String where)
            throws JsonException {
        return switch (token) {
            case START_OBJECT -> object(parser, where);
            case START_ARRAY -> array(parser, where);
            case VALUE_STRING -> parser.getString();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser.getString());
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            case null, default -> throw failed(where, parser.currentLocation(), "the file ends before its value", null);
        };
    }

    private static Map<String, @Nullable Object> object(JsonParser parser, String where) throws JsonException {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            map.put(name, value(parser, parser.nextToken(), where));
        }
        return map;
    }

    private static List<@Nullable Object> array(JsonParser parser, String where) throws JsonException {
        List<@Nullable Object> list = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            list.add(value(parser, token, where));
        }
        return list;
    }

    private static Number number(String text) {
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException _) {
            return new BigDecimal(text);
        }
    }

    /** The parser's, but where it tells programmers what to switch on. */
    private static String reason(JacksonException e) {
        Matcher number = NO_NUMBER.matcher(e.getOriginalMessage());
        return number.lookingAt() ? number.group(1) + " is no number in JSON" : e.getOriginalMessage();
    }

    private static JsonException failed(
            String where, @Nullable TokenStreamLocation at, String why, @Nullable Throwable cause) {
        String place = at == null ? "" : ", line " + at.getLineNr() + ", column " + at.getColumnNr();
        return new JsonException(where + place + ": not JSON: " + why, cause);
    }

    /** Keys of JSON may hold slashes or nothing at all; a slash before and a letter behind make each a key. */
    private static int compareBytes(String a, String b) {
        return Key.BYTE_ORDER.compare(rawKey(a), rawKey(b));
    }

    private static Key rawKey(String text) {
        return Key.raw("/" + text + "\0");
    }
}
