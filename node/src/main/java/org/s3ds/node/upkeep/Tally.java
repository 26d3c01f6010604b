package org.s3ds.node.upkeep;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.s3ds.node.repo.StateFields;

/** What a {@link Verification} has counted. Belongs to one thread. */
public final class Tally {
    /** What is counted. */
    public enum Item {
        /** Blocks that were looked at. */
        BLOCKS,
        /** Their bytes. */
        BYTES,
        /** Whose bytes are not those of their hash. */
        CORRUPT,
        /** Corrupt ones that have more or fewer bytes than when they were put. */
        TRUNCATED,
        /** Corrupt ones that are gone, also those that were put anew after. */
        REMOVED,
        /** Corrupt ones that could not be removed. */
        FAILED_TO_REMOVE,
        /** Corrupt ones that somebody was about to put. */
        LEFT,
        /** Corrupt ones in whose place there is a good copy. */
        HEALED,
        /** Corrupt ones of which no good copy could be had, or put. */
        FAILED_TO_HEAL,
        /** That could not be read, while others could. */
        UNREADABLE,
        /** Whose hash is of a kind that nobody trusts. */
        UNCHECKED,
        /** That were not read: the checksum that the store keeps of them is that of their hash. */
        PROVED,
        /** That were not read, and the store keeps no checksum of them. */
        UNPROVED,
        /** Names that are not those of blocks. */
        FOREIGN;

        /** How it is called in a file, and in JSON. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Map<Item, Long> counts = new EnumMap<>(Item.class);

    /** Nothing yet. */
    Tally() {}

    /** What {@link #fields} gave. */
    static Tally of(StateFields fields) {
        Tally tally = new Tally();
        for (Item item : Item.values()) {
            tally.add(item, fields.number(item.key()));
        }
        return tally;
    }

    /** How many there are. */
    public long get(Item item) {
        return counts.getOrDefault(item, 0L);
    }

    /** All counts under their names. */
    public Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (Item item : Item.values()) {
            fields.put(item.key(), get(item));
        }
        return fields;
    }

    void add(Item item) {
        add(item, 1);
    }

    void add(Item item, long more) {
        counts.merge(item, more, Long::sum);
    }
}
