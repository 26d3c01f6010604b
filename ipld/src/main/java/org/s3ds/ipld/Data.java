package org.s3ds.ipld;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A value of the IPLD data model: what a dag-cbor or dag-json block says, whichever of them says it. Two are equal when
 * they say the same. Codecs refuse what is nested deeper than {@link #MAX_DEPTH}, and need no stack for what is not; to
 * compare or print such a value does.
 */
public sealed interface Data {
    /** How many lists and maps may stand in one another: as many as Kubo reads. */
    int MAX_DEPTH = 1024;

    /** What is wrong with more than that. */
    String TOO_DEEP = "more than " + MAX_DEPTH + " lists and maps in one another";

    /** Nothing. */
    record Null() implements Data {
        static final Null NULL = new Null();
    }

    /** True or false. */
    record Bool(boolean value) implements Data {}

    /**
     * A whole number from -2^63 to 2^64-1.
     *
     * @param bits its lowest 64 bits
     * @param negative whether it is below 0; if not, {@code bits} has no sign
     */
    record Int(long bits, boolean negative) implements Data {
        /** Refuses a negative one of positive bits, which would be below -2^63. */
        public Int {
            if (negative && bits >= 0) {
                throw new IllegalArgumentException("a negative number's bits are negative, not " + bits);
            }
        }

        /** The number that a long is. */
        public static Int of(long value) {
            return new Int(value, value < 0);
        }

        /** The number, when a long can be it; empty from 2^63 on. */
        public OptionalLong asLong() {
            return negative || bits >= 0 ? OptionalLong.of(bits) : OptionalLong.empty();
        }

        /** Its digits. */
        @Override
        public String toString() {
            return negative ? Long.toString(bits) : Long.toUnsignedString(bits);
        }
    }

    /** A number of 64 bits that is not whole, or was not written so; neither infinite nor NaN. */
    record Real(double value) implements Data {
        /** Refuses what is no number. */
        public Real {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("the data model has no " + value);
            }
        }
    }

    /** Text. */
    record Text(String value) implements Data {
        /** Refuses half a character, which no UTF-8 can write. */
        public Text {
            if (Utf8.hasHalfCharacter(value)) {
                throw new IllegalArgumentException("a text has half a character");
            }
        }
    }

    /** Bytes. */
    final class Bytes implements Data {
        private final byte[] value;

        private Bytes(byte[] value) {
            this.value = value;
        }

        /** These, which are not copied. */
        public static Bytes of(byte[] value) {
            return new Bytes(value);
        }

        /** The bytes: not a copy, not to be changed. */
        public byte[] value() {
            return value;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Bytes bytes && Arrays.equals(value, bytes.value);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(value);
        }

        @Override
        public String toString() {
            return value.length + " bytes";
        }
    }

    /** Values in a row. */
    record ListOf(List<Data> items) implements Data {
        static final ListOf EMPTY = new ListOf(List.of());

        /** Copies the list. */
        public ListOf {
            items = List.copyOf(items);
        }
    }

    /**
     * Values by names.
     *
     * @param entries by the order of their names' UTF-8 bytes
     */
    record MapOf(SortedMap<String, Data> entries) implements Data {
        static final MapOf EMPTY = of(Map.of());

        /** Copies and sorts the map; refuses a name with half a character. */
        public MapOf {
            SortedMap<String, Data> sorted = new TreeMap<>(Link.NAMES);
            sorted.putAll(entries);
            if (sorted.keySet().stream().anyMatch(Utf8::hasHalfCharacter)) {
                throw new IllegalArgumentException("a map's key has half a character");
            }
            entries = Collections.unmodifiableSortedMap(sorted);
        }

        /** Of a map in any order. */
        public static MapOf of(Map<String, Data> entries) {
            SortedMap<String, Data> sorted = new TreeMap<>(Link.NAMES);
            sorted.putAll(entries);
            return new MapOf(sorted);
        }
    }

    /** A link to a block. */
    record LinkTo(Cid cid) implements Data {}
}
