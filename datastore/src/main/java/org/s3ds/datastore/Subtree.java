package org.s3ds.datastore;

/**
 * The keys below one key, as a store of their own sees them: {@code /ns/a} outside is {@code /a} inside. What a query
 * compares is translated with them, so that the answer is the same on either side.
 */
record Subtree(Key root) {
    /** The inner name of a key; the root itself is {@link Key#ROOT}. */
    Key toInner(Key outer) {
        if (root.isRoot()) {
            return outer;
        }
        if (!root.equals(outer) && !root.isAncestorOf(outer)) {
            throw new IllegalStateException("expected prefix not found: " + outer + " is not below " + root);
        }
        return Key.raw(outer.toString().substring(root.toString().length()));
    }

    Key toOuter(Key inner) {
        return root.child(inner);
    }

    /** A filter on inner entries that keeps what the given one keeps of them under their outer names. */
    Filter toInner(Filter outer) {
        String folder = root.isRoot() ? "" : root.toString();
        return switch (outer) {
            case Filter.ByKey(Filter.Comparison comparison, Key key)
            when root.isAncestorOf(key) -> new Filter.ByKey(comparison, toInner(key));
            case Filter.ByKeyPrefix(String text)
            when text.startsWith(folder + "/") -> new Filter.ByKeyPrefix(text.substring(folder.length()));
            case Filter.ByValue unchanged -> unchanged;
            default -> entry -> outer.keeps(toOuter(entry));
        };
    }

    Entry toInner(Entry outer) {
        return root.isRoot() ? outer : outer.withKey(toInner(outer.key()));
    }

    Entry toOuter(Entry inner) {
        return root.isRoot() ? inner : inner.withKey(toOuter(inner.key()));
    }
}
