package org.s3ds.node.repo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The keys that Kubo's config may have, in Kubo's sequence, from the resource {@code config-keys.txt}: a dotted key a
 * line and the kind of its value. What is set must be there, else Kubo would drop it or refuse the file.
 */
final class ConfigKeys {
    private static final List<ConfigKeys> ALL = load();

    private final List<String> path;
    private final Kind kind;

    private ConfigKeys(List<String> path, Kind kind) {
        this.path = path;
        this.kind = kind;
    }

    /** What a value must be. Everything may be null, which stands for the default. */
    private enum Kind {
        TEXT("a text"),
        TRUTH("true or false"),
        NUMBER("a whole number"),
        TEXTS("a list of texts"),
        /** One text or a list of them. */
        TEXT_OR_TEXTS("a text or a list of texts"),
        /** A number, or a text that stands for one. */
        SIZE("a number or a text"),
        /** An object whose keys are the user's. */
        MAP("an object"),
        /** Anything, below it as well. */
        ANY("any value");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        boolean allows(@Nullable Object value) {
            return switch (this) {
                case TEXT -> value == null || value instanceof String;
                case TRUTH -> value == null || value instanceof Boolean;
                case NUMBER -> value == null || value instanceof Long;
                case TEXTS -> value == null || isTexts(value);
                case TEXT_OR_TEXTS -> value == null || value instanceof String || isTexts(value);
                case SIZE -> value == null || value instanceof String || value instanceof Number;
                case MAP -> value == null || value instanceof Map<?, ?>;
                case ANY -> true;
            };
        }

        private static boolean isTexts(Object value) {
            return value instanceof List<?> list && list.stream().allMatch(String.class::isInstance);
        }
    }

    /** Refuses a key that Kubo does not have, or a value that is not of its kind. */
    static void check(String key, @Nullable Object value) throws ConfigException {
        List<String> parts = parts(key);
        Optional<ConfigKeys> found =
                ALL.stream().filter(known -> known.covers(parts)).findFirst();
        if (found.isPresent()) {
            found.get().checkValue(key, parts, value);
        } else if (ALL.stream().noneMatch(known -> known.isBelow(parts))) {
            throw new ConfigException(key + " not found");
        } else if (value != null && !(value instanceof Map<?, ?>)) {
            throw new ConfigException(key + " must be an object, not " + describe(value));
        }
    }

    /** Refuses a value that is not of its kind, anywhere in a config. Keys that Kubo does not have are the user's. */
    static void checkAll(Config config) throws ConfigException {
        for (ConfigKeys known : ALL) {
            String key = String.join(".", known.path);
            known.checkValue(key, known.path, config.find(key).orElse(null));
        }
    }

    /** Adds a key to a map, before the keys that come after it in Kubo's sequence. */
    static Map<String, @Nullable Object> insert(
            Map<String, @Nullable Object> map, String above, String name, @Nullable Object value) {
        int place = place(above, name);
        Map<String, @Nullable Object> copy = new LinkedHashMap<>();
        map.forEach((key, child) -> {
            if (!copy.containsKey(name) && place(above, key) > place) {
                copy.put(name, value);
            }
            copy.put(key, child);
        });
        copy.putIfAbsent(name, value);
        return copy;
    }

    private static int place(String above, String name) {
        List<String> path = parts(above.isEmpty() ? name : above + "." + name);
        for (int i = 0; i < ALL.size(); i++) {
            ConfigKeys known = ALL.get(i);
            if (known.path.equals(path) || known.isBelow(path)) {
                return i;
            }
        }
        return ALL.size();
    }

    /** Whether this line speaks of the key: it names it, or is a map or anything above it. */
    private boolean covers(List<String> parts) {
        boolean isOpen = kind == Kind.MAP || kind == Kind.ANY;
        return startsWith(parts, path) && (parts.size() == path.size() || isOpen);
    }

    private boolean isBelow(List<String> parts) {
        return path.size() > parts.size() && startsWith(path, parts);
    }

    private void checkValue(String key, List<String> parts, @Nullable Object value) throws ConfigException {
        if (parts.size() == path.size() && !kind.allows(value)) {
            throw new ConfigException(key + " must be " + kind.words + ", not " + describe(value));
        }
    }

    private static boolean startsWith(List<String> longer, List<String> shorter) {
        return longer.size() >= shorter.size()
                && longer.subList(0, shorter.size()).equals(shorter);
    }

    private static String describe(@Nullable Object value) {
        return switch (value) {
            case null -> "null";
            case String text -> "the text " + Json.compact(text);
            case Map<?, ?> _ -> "an object";
            case List<?> _ -> "a list";
            case BigDecimal number -> "the number " + number;
            default -> Json.compact(value);
        };
    }

    private static List<ConfigKeys> load() {
        try (InputStream in = ConfigKeys.class.getResourceAsStream("config-keys.txt")) {
            if (in == null) {
                throw new IllegalStateException("config-keys.txt is not in the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(ConfigKeys::parse)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ConfigKeys parse(String line) {
        int space = line.indexOf(' ');
        return new ConfigKeys(parts(line.substring(0, space)), Kind.valueOf(line.substring(space + 1)));
    }

    private static List<String> parts(String key) {
        return List.of(key.split("\\.", -1));
    }
}
