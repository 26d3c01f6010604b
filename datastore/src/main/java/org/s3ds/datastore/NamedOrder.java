package org.s3ds.datastore;

import java.util.Comparator;

/** An order that stores know, and that prints its name. */
record NamedOrder(String name, Comparator<Entry> comparator) implements Order {
    @Override
    public int compare(Entry a, Entry b) {
        return comparator.compare(a, b);
    }

    @Override
    public String toString() {
        return name;
    }
}
