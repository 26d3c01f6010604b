package org.s3ds.datastore;

import java.util.Collection;

/** Of how many values a store itself keeps the SHA-256: whether it is worth to ask it ({@link Datastore#sha256}). */
public enum Checksums {
    /** Of none. */
    NONE,
    /** Nobody knows without asking: it depends on a server, and on who put a value. */
    PERHAPS,
    /** Of each that is put by this store as it is set up now, unless a server drops what it is given. */
    EACH;

    /** What holds for stores together; of no store, it is none. */
    static Checksums together(Collection<Checksums> stores) {
        Checksums first = stores.isEmpty() ? NONE : stores.iterator().next();
        return stores.stream().allMatch(first::equals) ? first : PERHAPS;
    }
}
