package org.s3ds.index;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.s3ds.datastore.Key;

/**
 * How keys other than those of blocks, intents and records are called among the rest: a letter for what it is, and text
 * behind it. An intent is called by the text of its key, of blocks too.
 */
final class StoredKeys {
    private static final byte ENTRY = 'e';
    private static final byte INTENT = 'i';
    private static final byte RECORD = 'r';

    private StoredKeys() {}

    static byte[] entry(Key key) {
        return named(ENTRY, key.toString());
    }

    static byte[] intent(Key key) {
        return named(INTENT, key.toString());
    }

    static byte[] record(String name) {
        return named(RECORD, name);
    }

    /** Where the intents begin. */
    static byte[] intents() {
        return new byte[] {INTENT};
    }

    /** The key of an entry; null for anything else. */
    static @Nullable Key keyOfEntry(byte[] stored) {
        return keyOf(ENTRY, stored);
    }

    /** The key of an intent; null for anything else. */
    static @Nullable Key keyOfIntent(byte[] stored) {
        return keyOf(INTENT, stored);
    }

    private static byte[] named(byte kind, String text) {
        byte[] name = text.getBytes(StandardCharsets.UTF_8);
        byte[] stored = new byte[1 + name.length];
        stored[0] = kind;
        System.arraycopy(name, 0, stored, 1, name.length);
        return stored;
    }

    private static @Nullable Key keyOf(byte kind, byte[] stored) {
        return stored[0] == kind
                ? Key.raw(new String(Arrays.copyOfRange(stored, 1, stored.length), StandardCharsets.UTF_8))
                : null;
    }
}
