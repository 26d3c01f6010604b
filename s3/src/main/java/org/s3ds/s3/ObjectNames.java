package org.s3ds.s3;

import java.util.Optional;
import org.s3ds.datastore.Key;

/**
 * What a key is called in the bucket: the root directory and the key, cleaned, without a slash in front. As go-ds-s3
 * stores it; as go-ds-s3 fails to list and delete it.
 */
final class ObjectNames {
    /** What the names of objects that are the store's own, and no key's, begin with, below the root directory. */
    static final String OURS = ".s3ds/";

    private static final Key OUR_FOLDER = Key.of(OURS);

    /** Empty, or ends with a slash. */
    private final String root;

    ObjectNames(String rootDirectory) {
        this.root = folder(Key.of(rootDirectory));
    }

    /**
     * The object that holds a key's value.
     *
     * @return empty for a key that no object can hold: {@link Key#ROOT}, and what is below {@code /.s3ds}
     */
    Optional<String> of(Key key) {
        Key clean = Key.of(key.toString());
        return clean.isRoot() || OUR_FOLDER.isAncestorOf(clean)
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
     * @return empty when it holds none: it is outside the root directory, named as no key is, or the store's own
     */
    Optional<Key> keyOf(String name) {
        if (!name.startsWith(root) || name.length() == root.length()) {
            return Optional.empty();
        }
        String text = "/" + name.substring(root.length());
        Key key = Key.of(text);
        return key.toString().equals(text) && !OUR_FOLDER.isAncestorOf(key) ? Optional.of(key) : Optional.empty();
    }

    private static String folder(Key key) {
        return key.isRoot() ? "" : key.toString().substring(1) + "/";
    }
}
