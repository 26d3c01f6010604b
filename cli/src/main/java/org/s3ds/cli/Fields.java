package org.s3ds.cli;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a JSON object, read as Go reads them: one that is missing, or of another type, is empty, zero or false.
 */
record Fields(Map<?, ?> map) {
    /** A text. */
    String text(String name) {
        return map.get(name) instanceof String text ? text : "";
    }

    /** A whole number. */
    long number(String name) {
        return map.get(name) instanceof Long number ? number : 0;
    }

    /** A truth value. */
    boolean flag(String name) {
        return Boolean.TRUE.equals(map.get(name));
    }

    /** The objects of a list, each made when it is asked for. */
    Stream<Fields> all(String name) {
        return map.get(name) instanceof List<?> list ? list.stream().flatMap(Fields::stream) : Stream.of();
    }

    private static Stream<Fields> stream(@Nullable Object object) {
        return object instanceof Map<?, ?> map ? Stream.of(new Fields(map)) : Stream.of();
    }
}
