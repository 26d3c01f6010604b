package org.s3ds.cli;

import java.io.IOException;
import java.util.Locale;
import picocli.CommandLine.Model.OptionSpec;

/** The types that Kubo's options have, told from the type of the field that holds the value. */
enum OptionType {
    BOOL,
    INT,
    INT64,
    UINT,
    UINT64,
    STRING;

    /** The type of an option. */
    static OptionType of(OptionSpec option) {
        Class<?> type = option.isMultiValue() ? String.class : option.type();
        if (type == boolean.class || type == Boolean.class) {
            return BOOL;
        }
        if (type == int.class || type == Integer.class) {
            return INT;
        }
        if (type == Unsigned.class) {
            return UINT;
        }
        if (type == UnsignedLong.class) {
            return UINT64;
        }
        return type == long.class || type == Long.class ? INT64 : STRING;
    }

    /** What Kubo calls it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Makes sure that a text is of this type.
     *
     * @throws IOException when it is not
     */
    void check(String text) throws IOException {
        switch (this) {
            case BOOL -> GoNumber.parseBoolean(text);
            case INT -> GoNumber.parseInt(text);
            case INT64 -> GoNumber.parseLong(text);
            case UINT -> Unsigned.parse(text);
            case UINT64 -> UnsignedLong.parse(text);
            case STRING -> {}
        }
    }
}
