package org.s3ds.s3.index;

import org.jspecify.annotations.Nullable;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.StoreIndex;

/**
 * What the facts of an index are worth at one moment.
 *
 * @param state what is written of the whole
 * @param covered what the listing that fills it has covered so far
 * @param trust what the claim on the place says of it
 * @param exclusive whether nobody else may write at the place
 * @param isListed whether this session began to list it on demand, and has not come to the end
 */
record Outlook(BookState state, Coverage covered, Trust trust, boolean exclusive, boolean isListed) {
    /** What the claim on the place says of an index. */
    enum Trust {
        /** Nobody looked yet. */
        UNTOLD,
        /** The place is this repo's, and so was it since this was written. */
        OURS,
        /** It is not, or not known to be. */
        ANOTHERS
    }

    Outlook with(BookState newState) {
        return new Outlook(newState, covered, trust, exclusive, isListed);
    }

    Outlook with(Coverage newCovered) {
        return new Outlook(state, newCovered, trust, exclusive, isListed);
    }

    Outlook with(Trust newTrust) {
        return new Outlook(state, covered, newTrust, exclusive, isListed);
    }

    Outlook listed(boolean isBegun) {
        return new Outlook(state, covered, trust, exclusive, isBegun);
    }

    /** Whether nobody else can have changed anything. */
    boolean isAlone() {
        return exclusive && trust == Trust.OURS;
    }

    /** Whether every key is known. */
    boolean knowsAll() {
        return isAlone() && state.isComplete();
    }

    /** Whether it is to be filled by itself. */
    boolean isLacking() {
        return isAlone() && !state.isComplete();
    }

    /** Whether what is written of a key says how things are at all. */
    boolean isCurrent(@Nullable Fact fact) {
        return fact != null && fact.epoch() == state.epoch();
    }

    /** Whether a key would be known if it were there, by what is written of it, or is not. */
    boolean provesAbsence(Key key, @Nullable Fact fact) {
        return isAlone() && (isCurrent(fact) ? isTombstone(fact) : state.isComplete() || covered.covers(key));
    }

    private static boolean isTombstone(@Nullable Fact fact) {
        return fact != null && !fact.isThere();
    }

    /** Whether the absence of a key must be written down: a listing that is under way may still show it. */
    boolean mayStillBeListed(Key key) {
        return (exclusive || isListed) && !state.isComplete() && !covered.covers(key);
    }

    StoreIndex.State inWords() {
        if (!exclusive) {
            return StoreIndex.State.PARTIAL;
        }
        if (!isAlone()) {
            return StoreIndex.State.UNCLAIMED;
        }
        return state.isComplete() ? StoreIndex.State.COMPLETE : StoreIndex.State.LOADING;
    }
}
