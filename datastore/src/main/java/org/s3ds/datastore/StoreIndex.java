package org.s3ds.datastore;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a store knows of its values without asking the place where they are. Any thread may call anything at any time.
 */
public interface StoreIndex {
    /**
     * The note of a value whose bytes were found to be others than they should be: the next put of it is sent, and ends
     * the note.
     */
    int SUSPECT = 0x80;

    /** How far an index may be believed. */
    enum State {
        /** It knows every value. */
        COMPLETE,
        /** It is being filled from a listing; what it does not know yet is asked of the place. */
        LOADING,
        /** It knows some values, each for some time; the place is shared with others. */
        PARTIAL,
        /** It knows nothing for certain until the place is this repo's by a claim; the next write makes one. */
        UNCLAIMED
    }

    /** How many values there are, and the sum of their sizes in bytes. */
    record Totals(long count, long bytes) {
        /** With one value more, or less when {@code count} is -1. */
        public Totals plus(long moreCount, long moreBytes) {
            return new Totals(count + moreCount, bytes + moreBytes);
        }
    }

    /**
     * What an index is like.
     *
     * @param place the store's place, in words
     * @param known values that it knows
     * @param doubtful values that something was about to happen to when that was cut short: they are asked for
     * @param loadedTo while it is loading, the key up to which it knows everything; empty before the first page
     * @param disk bytes on disk; empty when not known
     */
    record Status(String place, State state, Totals known, long doubtful, Optional<Key> loadedTo, OptionalLong disk) {}

    /** Is told, now and then, how far a listing has come. */
    @FunctionalInterface
    interface Progress {
        /** So many objects were listed. */
        void listed(Totals so);
    }

    /**
     * A difference between the index and the place.
     *
     * @param indexed the size in the index; empty when it says that there is nothing
     * @param stored the size at the place; empty when there is nothing
     */
    record Drift(Key key, OptionalLong indexed, OptionalLong stored) {}

    /**
     * What was compared.
     *
     * @param listed what the listing showed
     * @param unknown of how many keys the index says neither that they are there nor that they are not
     */
    record Compared(Totals listed, long unknown) {}

    /** Is told of differences. */
    @FunctionalInterface
    interface Drifts {
        /** One was found, and looked at once more. */
        void found(Drift drift) throws DatastoreException;
    }

    /** What it is like now; asks nobody, but once in a session whose the place is. */
    Status status() throws DatastoreException;

    /** What it is like, as far as this session knows; opens nothing, and asks nobody. Empty when nobody used it yet. */
    Optional<Status> seen() throws DatastoreException;

    /**
     * How many values there are, and of how many bytes, without asking or counting, but for what is in doubt; for show:
     * it is wrong when another has been at the place since, as after a repo was copied.
     *
     * @return empty when the index does not know all
     */
    Optional<Totals> totals() throws DatastoreException;

    /**
     * Fills it anew from a listing, and waits until it is complete. Meanwhile the store goes on, and asks the place for
     * what is not known yet. Cut short, it goes on by itself the next time.
     *
     * @throws DatastoreException when the listing failed, or the store's place is not this repo's by a claim
     */
    Totals rebuild(Progress progress) throws DatastoreException;

    /**
     * Compares it with a listing, and changes nothing.
     *
     * @return what was compared
     */
    Compared verify(Progress progress, Drifts drifts) throws DatastoreException;

    /**
     * Waits until it is complete, if it is being loaded.
     *
     * @return false when the time was over before
     */
    boolean awaitLoaded(Duration most) throws DatastoreException;

    /** Up to eight bits that were noted of a value, which stay as long as the value; 0 for none. */
    int notes(Key key) throws DatastoreException;

    /**
     * Notes bits of a value, beside those that were noted before. Of a value that is not known, {@link #SUSPECT} alone
     * is noted.
     */
    void note(Key key, int bits) throws DatastoreException;
}
