package org.s3ds.s3;

import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The values of a spec, each read as its key wants it; a wrong one is a {@link WrongSetting}. */
final class SpecValues {
    private final Map<String, @Nullable Object> spec;

    SpecValues(Map<String, @Nullable Object> spec) {
        this.spec = spec;
    }

    boolean has(SpecKey key) {
        return spec.containsKey(key.key());
    }

    @Nullable
    Object raw(SpecKey key) {
        return spec.get(key.key());
    }

    /** A string, or blank. */
    String text(SpecKey key) {
        if (!has(key)) {
            return "";
        }
        if (raw(key) instanceof String text) {
            return text;
        }
        throw new WrongSetting(
                key, raw(key), key.kind() == SpecKey.Kind.CHOICE ? key.allowed() : "a string: " + key.allowed());
    }

    /** A string that stands in a header: printable ASCII, nothing else. */
    String word(SpecKey key) {
        String text = text(key);
        if (!text.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new WrongSetting(key, text, key.allowed() + ", in ASCII without spaces");
        }
        return text;
    }

    boolean flag(SpecKey key) {
        return flag(key, false);
    }

    boolean flag(SpecKey key, boolean standard) {
        if (!has(key)) {
            return standard;
        }
        if (raw(key) instanceof Boolean flag) {
            return flag;
        }
        throw new WrongSetting(key, raw(key));
    }

    /** One of an enum's values, which a spec writes in small letters with dashes; true and false as JSON has them. */
    <E extends Enum<E>> E choice(SpecKey key, E standard, List<E> all) {
        if (!has(key)) {
            return standard;
        }
        Object value = raw(key);
        for (E one : all) {
            String name = one.name().toLowerCase(Locale.ROOT).replace('_', '-');
            boolean isFlag = name.equals("true") || name.equals("false");
            if (isFlag ? Boolean.valueOf(name).equals(value) : name.equals(value)) {
                return one;
            }
        }
        throw new WrongSetting(key, value);
    }

    /** A whole number; the range is checked where it belongs. */
    int count(SpecKey key, int standard) {
        if (!has(key)) {
            return standard;
        }
        double number = number(key).orElse(Double.NaN);
        if (number != Math.rint(number) || Math.abs(number) > Integer.MAX_VALUE) {
            throw new WrongSetting(key, raw(key));
        }
        return (int) number;
    }

    OptionalDouble number(SpecKey key) {
        if (!has(key)) {
            return OptionalDouble.empty();
        }
        if (raw(key) instanceof Number number) {
            return OptionalDouble.of(number.doubleValue());
        }
        throw new WrongSetting(key, raw(key), "a number: " + key.allowed());
    }

    Duration duration(SpecKey key, Duration standard) {
        if (!has(key)) {
            return standard;
        }
        if (raw(key) instanceof String text) {
            Optional<Duration> duration = GoDuration.parse(text);
            if (duration.isPresent()) {
                return duration.get();
            }
        }
        throw new WrongSetting(key, raw(key), key.allowed() + ", written like \"10s\", \"1m30s\" or \"500ms\"");
    }

    Optional<Path> file(SpecKey key) {
        String text = text(key);
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(Path.of(text));
        } catch (InvalidPathException e) {
            throw new WrongSetting(key, text);
        }
    }

    Optional<URI> address(SpecKey key) {
        String text = text(key);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(Address.parse(text).orElseThrow(() -> WrongSetting.address(key, text)));
    }

    Optional<ProxyServer> proxy() {
        String text = text(SpecKey.PROXY);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(ProxyServer.parse(text).orElseThrow(() -> new WrongSetting(SpecKey.PROXY, text)));
    }

    SortedMap<String, String> texts(SpecKey key) {
        SortedMap<String, String> texts = new TreeMap<>();
        if (!has(key)) {
            return texts;
        }
        if (!(raw(key) instanceof Map<?, ?> map)) {
            throw new WrongSetting(key, raw(key), "an object of strings, " + key.allowed());
        }
        map.forEach((name, value) -> {
            if (!(value instanceof String text)) {
                throw new WrongSetting(key, map, "an object of strings, " + key.allowed());
            }
            texts.put(String.valueOf(name), text);
        });
        return texts;
    }
}
