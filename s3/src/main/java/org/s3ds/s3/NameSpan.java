package org.s3ds.s3;

import org.s3ds.datastore.Filter;
import org.s3ds.datastore.Filter.Comparison;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.Query;

/**
 * The names that a query need look at; what else it leaves out, its filters say.
 *
 * @param prefix they begin with it
 * @param after they come after it, and it begins with the prefix itself; blank for all that begin so
 */
record NameSpan(String prefix, String after) {
    /** What prefix and filters of a query leave. */
    static NameSpan of(Query query, ObjectNames names) {
        String root = names.below(Key.ROOT);
        String prefix = names.below(query.prefix());
        for (Filter filter : query.filters()) {
            String narrower = root + beginning(filter);
            prefix = narrower.startsWith(prefix) ? narrower : prefix;
        }
        String after = query.startsAfter()
                .map(Key::toString)
                .filter(text -> Key.of(text).toString().equals(text))
                .map(text -> root + text.substring(1))
                .orElse("");
        return new NameSpan(prefix, after.startsWith(prefix) ? after : "");
    }

    /** What every key that a filter keeps begins with, behind its first slash; blank when that is not known. */
    private static String beginning(Filter filter) {
        String text = switch (filter) {
            case Filter.ByKeyPrefix(String beginning) -> beginning;
            case Filter.ByKey(Comparison comparison, Key key) when comparison == Comparison.EQUAL -> key.toString();
            default -> "";
        };
        return text.startsWith("/") ? text.substring(1) : "";
    }

    /** Whether these are all names there are in a store. */
    boolean isAll(ObjectNames names) {
        return prefix.equals(names.below(Key.ROOT)) && after.isEmpty();
    }
}
