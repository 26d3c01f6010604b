package org.s3ds.datastore;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;

/** Who finds out whether one store works as its spec says, and why not, without a repo being open. */
public interface StoreDoctor {
    /** Where the store keeps its data, in words, such as {@code my-bucket/node1 at http://127.0.0.1:9000}. */
    String place();

    /**
     * Each key that a spec may have, with what it is set to and by whom.
     *
     * @param environment the environment variables of the process
     */
    List<Setting> settings(Map<String, String> environment);

    /**
     * Does what the store does, in a corner that no store looks into, and takes away again what it made, also when its
     * thread is interrupted, which ends it early and leaves the thread interrupted. That a store does not work is a
     * finding, not a failure.
     *
     * @param context what the store would get
     * @param listener hears of each finding at once
     * @throws DatastoreException when it could not even begin
     */
    void examine(StoreContext context, Consumer<Finding> listener) throws DatastoreException;

    /**
     * Finds out how many values are stored there in a second, by storing a few dozen, many at once, in the same corner;
     * what it made is taken away again.
     *
     * @param context what the store would get
     * @param size of each, in bytes
     * @return empty where that is not known
     * @throws DatastoreException when they could not be stored
     */
    default OptionalDouble putsPerSecond(StoreContext context, int size) throws DatastoreException {
        return OptionalDouble.empty();
    }

    /**
     * Leaves a value in the same corner until the mark is closed: a store that finds it is at the same place, by
     * whatever address.
     *
     * @param context what the store would get
     * @return empty where there is no such corner
     * @throws DatastoreException when it could not be stored
     */
    default Optional<Mark> mark(StoreContext context) throws DatastoreException {
        return Optional.empty();
    }

    /** A value that is there for a moment. */
    interface Mark extends AutoCloseable {
        /** Its key in the store. */
        Key key();

        /** Takes it away. */
        @Override
        void close() throws DatastoreException;
    }

    /**
     * What requests cost there. Asks nobody.
     *
     * @param context what the store would get
     * @return empty where the store sends none, or no price is known
     */
    default Optional<RequestPrices> prices(StoreContext context) {
        return Optional.empty();
    }

    /**
     * What requests cost, in US dollars for each.
     *
     * @param put for storing a value
     * @param get for reading one
     * @param list for a listing of a thousand names
     */
    record RequestPrices(double put, double get, double list) {}

    /**
     * The least that whoever grants permissions must allow the store, in their own language, ready to be handed to
     * them, such as an IAM policy; ends in a line break. Asks nobody. Empty where there is no such language.
     */
    default Optional<String> policy() {
        return Optional.empty();
    }
}
