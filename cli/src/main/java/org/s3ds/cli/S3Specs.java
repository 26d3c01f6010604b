package org.s3ds.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the stores of type {@code s3ds} in a repo's spec. */
final class S3Specs {
    private S3Specs() {}

    /** The specs of type {@code s3ds} inside a spec, at any depth. */
    static List<Map<String, @Nullable Object>> in(@Nullable Object spec) {
        List<Map<String, @Nullable Object>> found = new ArrayList<>();
        switch (spec) {
            case Map<?, ?> map -> {
                if ("s3ds".equals(map.get("type"))) {
                    Map<String, @Nullable Object> store = new LinkedHashMap<>();
                    map.forEach((key, value) -> store.put(String.valueOf(key), value));
                    found.add(store);
                }
                map.values().forEach(value -> found.addAll(in(value)));
            }
            case List<?> list -> list.forEach(value -> found.addAll(in(value)));
            case null, default -> {}
        }
        return found;
    }
}
