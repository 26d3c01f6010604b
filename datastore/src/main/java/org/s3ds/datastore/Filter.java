package org.s3ds.datastore;

import java.util.Arrays;
import java.util.HexFormat;

/** Keeps or drops an entry of a listing. Own filters are welcome; a store may know the ones here and list less. */
public interface Filter {
    /** Whether the entry stays. */
    boolean keeps(Entry entry);

    /** How a key or value is compared with a given one. */
    enum Comparison {
        /** {@code ==}. */
        EQUAL("=="),
        /** {@code !=}. */
        NOT_EQUAL("!="),
        /** {@code >}. */
        GREATER(">"),
        /** {@code >=}. */
        GREATER_OR_EQUAL(">="),
        /** {@code <}. */
        LESS("<"),
        /** {@code <=}. */
        LESS_OR_EQUAL("<=");

        private final String symbol;

        Comparison(String symbol) {
            this.symbol = symbol;
        }

        boolean holds(int sign) {
            return switch (this) {
                case EQUAL -> sign == 0;
                case NOT_EQUAL -> sign != 0;
                case GREATER -> sign > 0;
                case GREATER_OR_EQUAL -> sign >= 0;
                case LESS -> sign < 0;
                case LESS_OR_EQUAL -> sign <= 0;
            };
        }

        @Override
        public String toString() {
            return symbol;
        }
    }

    /** Keeps entries whose key compares so with a key, in {@link Key#BYTE_ORDER}. */
    record ByKey(Comparison comparison, Key key) implements Filter {
        @Override
        public boolean keeps(Entry entry) {
            return comparison.holds(Key.BYTE_ORDER.compare(entry.key(), key));
        }

        @Override
        public String toString() {
            return "KEY " + comparison + " \"" + key + "\"";
        }
    }

    /** Keeps entries whose key begins with a text: any text, not whole components. */
    record ByKeyPrefix(String text) implements Filter {
        @Override
        public boolean keeps(Entry entry) {
            return entry.key().toString().startsWith(text);
        }

        @Override
        public String toString() {
            return "PREFIX(\"" + text + "\")";
        }
    }

    /**
     * Keeps entries whose value compares so with a value, as unsigned bytes; without its value an entry counts as
     * empty.
     */
    final class ByValue implements Filter {
        private final Comparison comparison;
        private final byte[] value;

        /** The array is not copied. */
        public ByValue(Comparison comparison, byte[] value) {
            this.comparison = comparison;
            this.value = value;
        }

        @Override
        public boolean keeps(Entry entry) {
            return comparison.holds(Arrays.compareUnsigned(entry.value().orElse(Entry.NO_BYTES), value));
        }

        /** The value in hexadecimal. */
        @Override
        public String toString() {
            return "VALUE " + comparison + " " + HexFormat.of().formatHex(value);
        }
    }
}
