package org.s3ds.datastore;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** A sequence of entries. Own orders are welcome; a store may know the ones here and list in that sequence. */
@FunctionalInterface
public interface Order extends Comparator<Entry> {
    /** By key, {@link Key#BYTE_ORDER}. */
    Order KEY = new NamedOrder("KEY", Comparator.comparing(Entry::key, Key.BYTE_ORDER));

    /** By key, backwards. */
    Order KEY_DESCENDING = new NamedOrder("desc(KEY)", KEY.reversed());

    /** By value as unsigned bytes; without its value an entry counts as empty. */
    Order VALUE = new NamedOrder(
            "VALUE", Comparator.comparing(entry -> entry.value().orElse(Entry.NO_BYTES), Arrays::compareUnsigned));

    /** By value, backwards. */
    Order VALUE_DESCENDING = new NamedOrder("desc(VALUE)", VALUE.reversed());

    /** One order made of several: each breaks the ties of those before it, and the key breaks the last. */
    static Order all(List<Order> orders) {
        return (a, b) -> {
            for (Order order : orders) {
                int sign = order.compare(a, b);
                if (sign != 0) {
                    return sign;
                }
            }
            return KEY.compare(a, b);
        };
    }
}
