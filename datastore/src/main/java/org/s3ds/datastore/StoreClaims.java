package org.s3ds.datastore;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who alone may write to the place where one store keeps its data, and delete there: looked at and changed while the
 * store is not open, and nobody else has the repo.
 */
public interface StoreClaims {
    /** The place, in words. */
    String place();

    /** What the store's spec says of who else may write there, in a word of the spec. */
    String access();

    /** The claim that counts; empty when there is none. */
    Optional<Claim> show(StoreContext context) throws DatastoreException;

    /**
     * Claims the place for this repo, whoever holds it.
     *
     * @param force even where nobody can be kept from doing the same at the same moment
     * @return the claim that counts from now on
     * @throws AccessException when there is no claim to rely on there, and it is not forced
     */
    Claim take(StoreContext context, boolean force) throws DatastoreException;

    /**
     * Gives the place up, so that any repo may claim it.
     *
     * @return false when this repo held no claim that it knows of; then nothing was asked
     * @throws AccessException when another holds it by now
     */
    boolean release(StoreContext context) throws DatastoreException;

    /**
     * The keys of the spec, with their values, that say who else may write to the place.
     *
     * @param exclusive whether it is this repo's alone; otherwise others may
     */
    Map<String, Object> settings(boolean exclusive);

    /** What a repo calls the place in files of its own. Places that are called alike are one place to it. */
    default String rememberedAs() {
        return place();
    }

    /**
     * The keys of the spec, with their values, by which a repo calls the place as it calls none at another server; for
     * a place that would be called as another one of the repo's is.
     */
    default Map<String, Object> toBeToldApart() {
        return Map.of();
    }

    /**
     * Proves, before there is a repo, that the place can be used, as {@link StoreConfig#prove} does, and that nobody
     * holds it; and says what a spec that does not say it should say of who else may write there.
     *
     * @param context as for {@link StoreConfig#createPlace}
     * @param repo where the repo will be, which may hold what an earlier try left
     * @throws AccessException when another repo holds the place
     */
    Proposal propose(StoreContext context, Path repo) throws DatastoreException;

    /**
     * What a new repo's spec should say.
     *
     * @param settings keys to set in it; none when it says enough
     * @param isExclusive whether it makes the place the repo's alone, with these
     * @param notes what the user should be told, a sentence each
     */
    record Proposal(Map<String, Object> settings, boolean isExclusive, List<String> notes) {
        /** Copies what it gets. */
        public Proposal {
            settings = Map.copyOf(settings);
            notes = List.copyOf(notes);
        }
    }
}
