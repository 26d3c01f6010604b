package org.s3ds.node.repo;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields of a {@link StateFile}. Whoever asks for one that is missing, or of another kind, cannot use the file. */
public final class StateFields {
    private final Map<?, ?> fields;

    StateFields(@Nullable Object value) {
        this.fields = as(Map.class, value, "the file");
    }

    /** A whole number. */
    public long number(String name) {
        return as(Long.class, fields.get(name), name);
    }

    /** A text. */
    public String text(String name) {
        return as(String.class, fields.get(name), name);
    }

    /** Yes or no. */
    public boolean flag(String name) {
        return as(Boolean.class, fields.get(name), name);
    }

    /** Texts. */
    public List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        for (Object each : as(List.class, fields.get(name), name)) {
            texts.add(as(String.class, each, name));
        }
        return texts;
    }

    /** Fields below one. */
    public StateFields below(String name) {
        return new StateFields(fields.get(name));
    }

    private static <T> T as(Class<T> type, @Nullable Object value, String name) {
        if (!type.isInstance(value)) {
            throw new IllegalArgumentException(name + " is missing, or of another kind");
        }
        return type.cast(value);
    }
}
