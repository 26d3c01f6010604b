package org.s3ds.s3;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.s3ds.datastore.Setting;

/** What the keys of a spec are set to, and by whom. */
final class SpecSettings {
    private static final String MASK = "***";

    /** What stands in for a key that is left out or blank: the first of these variables that is set. */
    private static final Map<SpecKey, List<String>> VARIABLES = Map.of(
            SpecKey.REGION, List.of("AWS_REGION", "AWS_DEFAULT_REGION"),
            SpecKey.ACCESS_KEY, List.of("AWS_ACCESS_KEY_ID"),
            SpecKey.SECRET_KEY, List.of("AWS_SECRET_ACCESS_KEY"),
            SpecKey.SESSION_TOKEN, List.of("AWS_SESSION_TOKEN"),
            SpecKey.PROFILE, List.of("AWS_PROFILE"),
            SpecKey.PROXY, List.of("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"));

    private SpecSettings() {}

    /** Every key there is, in the order of the documentation. */
    static List<Setting> of(Map<String, ? extends @Nullable Object> spec, Map<String, String> environment) {
        List<Setting> settings = new ArrayList<>();
        for (SpecKey key : SpecKey.values()) {
            Object value = spec.get(key.key());
            settings.add(
                    value == null || value.equals("")
                            ? elsewhere(key, environment)
                            : new Setting(key.key(), shown(key, value), "spec"));
        }
        return List.copyOf(settings);
    }

    private static Setting elsewhere(SpecKey key, Map<String, String> environment) {
        return VARIABLES.getOrDefault(key, List.of()).stream()
                .filter(name -> !environment.getOrDefault(name, "").isEmpty())
                .findFirst()
                .map(name ->
                        new Setting(key.key(), shown(key, environment.getOrDefault(name, "")), "environment, " + name))
                .orElseGet(() -> new Setting(key.key(), key.standard().replace("required", ""), "default"));
    }

    private static String shown(SpecKey key, Object value) {
        return switch (key.kind()) {
            case SECRET -> MASK;
            case ADDRESS -> Address.masked(String.valueOf(value));
            case SPECS -> value instanceof List<?> specs ? buckets(specs) : String.valueOf(value);
            case TEXT, CHOICE, FLAG, NUMBER, DURATION, FILE, TEXTS -> String.valueOf(value);
        };
    }

    /** Their names alone: a spec may hold secrets. */
    private static String buckets(List<?> specs) {
        return specs.stream()
                .map(spec -> spec instanceof Map<?, ?> map ? String.valueOf(map.get(SpecKey.BUCKET.key())) : MASK)
                .collect(Collectors.joining(", "));
    }
}
