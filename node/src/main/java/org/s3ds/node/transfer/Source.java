package org.s3ds.node.transfer;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.s3ds.datastore.Datastore;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.FormatException;
import org.s3ds.ipld.car.CarReader;

/** Where the blocks of a {@link Transfer} come from; it may be gone through more than once. */
public final class Source {
    private final Opening opening;
    private final boolean isCar;

    private Source(Opening opening, boolean isCar) {
        this.opening = opening;
        this.isCar = isCar;
    }

    /** Begins to name the blocks. */
    @FunctionalInterface
    private interface Opening {
        Offers open() throws IOException;
    }

    /** A store that has blocks at its root, such as {@code /CIQ…}; it stays open, and is only read. */
    public static Source of(Datastore store) {
        return new Source(() -> new StoredOffers(store), false);
    }

    /** A CAR of version 1 or 2. What is no section of one ends the transfer: nothing behind it can be read. */
    public static Source ofCar(Path file) {
        return new Source(() -> new CarOffers(file), true);
    }

    /** Whether it names its blocks without reading them. */
    public boolean isListed() {
        return !isCar;
    }

    /** Whether it may name a block more than once. */
    boolean mayRepeat() {
        return isCar;
    }

    /** What the header of a CAR names as the tops of its DAGs. */
    public static List<Cid> rootsOf(Path car) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(car))) {
            return new CarReader(in).roots();
        } catch (FormatException e) {
            throw named(car, e);
        }
    }

    /** The same failure, with the file. */
    static FormatException named(Path car, FormatException e) {
        return new FormatException(car + ": " + e.getMessage(), e);
    }

    Offers open() throws IOException {
        return opening.open();
    }
}
