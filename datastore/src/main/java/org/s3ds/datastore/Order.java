package org.s3ds.datastore;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** A sequence of entries. Own orders are welcome; a store may know the ones here and list in that sequence. */
@FunctionalInterface
public interface Order extends Comparator<Entry> {
    /** By key, {@link Key#BYTE_ORDER}. */
    Order KEY = (a, b) -> Key.BYTE_ORDER.compare(a.key(), b.key());

    /** By key, backwards. */
    Order KEY_DESCENDING = (a, b) -> KEY.compare(b, a);

    /** By value as unsigned bytes; without its value an entry counts as empty. */
    Order VALUE = (a, b) -> Arrays.compareUnsigned(
            a.value().orElseGet(() -> new byte[0]), b.value().orElseGet(() -> new byte[0]));

    /** By value, backwards. */
    Order VALUE_DESCENDING = (a, b) -> VALUE.compare(b, a);

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
