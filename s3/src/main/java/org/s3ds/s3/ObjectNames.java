package org.s3ds.s3;

import java.util.Optional;
import org.s3ds.datastore.Key;

/**
 * What a key is called in the bucket: the root directory and the key, cleaned, without a slash in front. As go-ds-s3
 * stores it; as go-ds-s3 fails to list and delete it.
 */
final class ObjectNames {
    /** Empty, or ends with a slash. */
    private final String root;

    ObjectNames(String rootDirectory) {
        this.root = folder(Key.of(rootDirectory));
    }

    /**
     * The object that holds a key's value.
     *
     * @return empty for {@link Key#ROOT}, which no object can hold
     */
    Optional<String> of(Key key) {
        Key clean = Key.of(key.toString());
        return clean.isRoot()
                ? Optional.empty()
                : Optional.of(root + clean.toString().substring(1));
    }

    /** What the names of all keys strictly below a key begin with: empty, or ends with a slash. */
    String below(Key prefix) {
        return root + folder(prefix);
    }

    /**
     * The key that a listed object holds.
     *
     * @return empty when the object is none of ours: outside the root directory, or named as no key is
     */
    Optional<Key> keyOf(String name) {
        if (!name.startsWith(root) || name.length() == root.length()) {
            return Optional.empty();
        }
        String text = "/" + name.substring(root.length());
        Key key = Key.of(text);
        return key.toString().equals(text) ? Optional.of(key) : Optional.empty();
    }

    private static String folder(Key key) {
        return key.isRoot() ? "" : key.toString().substring(1) + "/";
    }
}
