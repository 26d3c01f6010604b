package org.s3ds.datastore;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What to list. Applied in this order: prefix, filters, orders, offset, limit.
 *
 * @param prefix selects strict children: {@code /foo} selects {@code /foo/bar}, neither {@code /foo} nor
 *     {@code /foobar}; {@link Key#ROOT} selects everything
 * @param filters all must keep an entry
 * @param orders the first decides, the next breaks ties, and last of all the key does ({@link Key#BYTE_ORDER}); none
 *     means any sequence
 * @param offset entries to skip, 0 or more
 * @param limit entries to give, 1 or more; 0 means no limit
 * @param keysOnly values are not wanted: a filter or order by value sees an empty one
 * @param sizes sizes are wanted, even with {@code keysOnly}
 * @param times the times of the last puts are wanted, of stores that know them ({@link Entry#modified})
 */
public record Query(
        Key prefix,
        List<Filter> filters,
        List<Order> orders,
        long offset,
        long limit,
        boolean keysOnly,
        boolean sizes,
        boolean times) {
    /** Checks the numbers and copies the lists. */
    public Query {
        if (offset < 0 || limit < 0) {
            throw new IllegalArgumentException("offset and limit are 0 or more: " + offset + ", " + limit);
        }
        filters = List.copyOf(filters);
        orders = List.copyOf(orders);
    }

    /** Everything below a key, with values, in any sequence. */
    public static Query of(Key prefix) {
        return new Query(prefix, List.of(), List.of(), 0, 0, false, false, false);
    }

    /** The keys below a key, in any sequence. */
    public static Query keys(Key prefix) {
        return of(prefix).onlyKeys();
    }

    /** The same, without values. */
    public Query onlyKeys() {
        return new Query(prefix, filters, orders, offset, limit, true, sizes, times);
    }

    /** The same, with sizes. */
    public Query withSizes() {
        return new Query(prefix, filters, orders, offset, limit, keysOnly, true, times);
    }

    /** The same, with the times of the last puts. */
    public Query withTimes() {
        return new Query(prefix, filters, orders, offset, limit, keysOnly, sizes, true);
    }

    /** The same below another key. */
    public Query withPrefix(Key other) {
        return new Query(other, filters, orders, offset, limit, keysOnly, sizes, times);
    }

    /** The same with these filters alone. */
    public Query withFilters(List<Filter> others) {
        return new Query(prefix, others, orders, offset, limit, keysOnly, sizes, times);
    }

    /**
     * The same, but only of the keys that come after one in {@link Key#BYTE_ORDER}: how a listing by {@link Order#KEY}
     * is taken up again behind the last key it gave. The key need not be there.
     */
    public Query after(Key key) {
        List<Filter> more = new ArrayList<>(filters);
        more.add(new Filter.ByKey(Filter.Comparison.GREATER, key));
        return withFilters(more);
    }

    /**
     * Where a store that keeps its keys in order may begin: what the filters drop for certain.
     *
     * @return the greatest key of all {@link #after}; empty when there is none
     */
    public Optional<Key> startsAfter() {
        return filters.stream()
                .map(filter -> filter instanceof Filter.ByKey(Filter.Comparison comparison, Key key)
                                && comparison == Filter.Comparison.GREATER
                        ? key
                        : null)
                .filter(Objects::nonNull)
                .max(Key.BYTE_ORDER);
    }

    /** The same with these orders alone. */
    public Query withOrders(List<Order> others) {
        return new Query(prefix, filters, others, offset, limit, keysOnly, sizes, times);
    }

    /** The same with this slice alone. */
    public Query withSlice(long newOffset, long newLimit) {
        return new Query(prefix, filters, orders, newOffset, newLimit, keysOnly, sizes, times);
    }

    /**
     * The query as go-datastore prints it, such as {@code SELECT keys FROM "/a" ORDER [KEY] LIMIT 2}; what it does not
     * know is {@code ,times}, and an order {@code FN}.
     */
    @Override
    public String toString() {
        List<String> names = orders.stream()
                .map(order -> order instanceof NamedOrder named ? named.name() : "FN")
                .toList();
        return (keysOnly ? "SELECT keys" : "SELECT keys,vals")
                + (sizes ? ",sizes" : "")
                + (times ? ",times" : "")
                + (prefix.isRoot() ? "" : " FROM \"" + prefix + "\"")
                + (filters.isEmpty() ? "" : " FILTER " + filters)
                + (orders.isEmpty() ? "" : " ORDER " + names)
                + (offset == 0 ? "" : " OFFSET " + offset)
                + (limit == 0 ? "" : " LIMIT " + limit);
    }
}
