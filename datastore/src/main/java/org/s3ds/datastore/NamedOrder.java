package org.s3ds.datastore;

import java.util.Comparator;
import java.util.function.UnaryOperator;

/** An order that stores know, and that prints its name. */
record NamedOrder(String name, Comparator<Entry> comparator) implements Order {
    /**
     * An order as it is for entries under other names, which all have the same prefix more or less. That makes no
     * difference to the orders known here.
     *
     * @param rename gives an entry the name that {@code order} means
     */
    static Order under(Order order, UnaryOperator<Entry> rename) {
        return order instanceof NamedOrder ? order : (a, b) -> order.compare(rename.apply(a), rename.apply(b));
    }

    @Override
    public int compare(Entry a, Entry b) {
        return comparator.compare(a, b);
    }

    @Override
    public String toString() {
        return name;
    }
}
