package org.s3ds.s3;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A value that a key cannot have: {@code pathStyle is "yes"; allowed: true, false, "auto"}. Shows no secret. */
final class WrongSetting extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final SpecKey key;
    private final String rest;

    /** A value that is never allowed. */
    WrongSetting(SpecKey key, @Nullable Object value) {
        this(key, value, key.allowed());
    }

    /** A value that is not allowed here: what is, in words. */
    WrongSetting(SpecKey key, @Nullable Object value, String allowed) {
        this(key, " is " + shown(key, value) + "; allowed: " + allowed);
    }

    private WrongSetting(SpecKey key, String rest) {
        super(key + rest);
        this.key = key;
        this.rest = rest;
    }

    /** Two keys that contradict each other: the value of one, what is said about the other, and when it is allowed. */
    static WrongSetting beside(SpecKey key, @Nullable Object value, String other, String allowed) {
        return new WrongSetting(key, " is " + shown(key, value) + " while " + other + "; allowed: " + allowed);
    }

    /** What is no server's address. */
    static WrongSetting address(SpecKey key, String text) {
        if (!text.equals(text.strip())) {
            return new WrongSetting(key, text, key.allowed() + "; no blanks before or behind it");
        }
        return new WrongSetting(
                key,
                text,
                Address.hasUnderscore(text)
                        ? "a host's name without \"_\", which Java does not take; give the server a second name,"
                                + " as with \"hostname\" or an alias in docker compose"
                        : key.allowed());
    }

    SpecKey key() {
        return key;
    }

    /** The sentence after the key. */
    String rest() {
        return rest;
    }

    private static String shown(SpecKey key, @Nullable Object value) {
        return switch (value) {
            case String text when key.kind() == SpecKey.Kind.SECRET -> text.isEmpty() ? "\"\"" : "\"***\"";
            case String text when key.kind() == SpecKey.Kind.ADDRESS -> "\"" + Address.masked(text) + "\"";
            case String text -> "\"" + text + "\"";
            case List<?> list -> "an array";
            case Map<?, ?> map -> "an object";
            case Double number
            when number == Math.rint(number) && Math.abs(number) < 1e15 -> String.valueOf(number.longValue());
            case null, default -> String.valueOf(value);
        };
    }
}
