package org.s3ds.s3;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.s3ds.datastore.Claim;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.StoreClaims;
import org.s3ds.datastore.StoreContext;
import org.s3ds.s3.claims.Claimant;

/**
 * The claims on the place of a store in a bucket.
 *
 * @param spec what the config was read from; empty for one that a program made
 */
record S3Claims(S3Config config, Map<String, @Nullable Object> spec) implements StoreClaims {
    private static final Map<String, Object> SHARED = Map.of(SpecKey.ACCESS.key(), Access.SHARED.word());

    /** What is asked of the place. */
    private interface Question<T> {
        T ask(Claimant claimant) throws DatastoreException;
    }

    @Override
    public String place() {
        return config.place().inWords();
    }

    @Override
    public String access() {
        return config.access().word();
    }

    @Override
    public Optional<Claim> show(StoreContext context) throws DatastoreException {
        return ask(context, Claimant::show);
    }

    @Override
    public Claim take(StoreContext context, boolean force) throws DatastoreException {
        return ask(context, claimant -> {
            claimant.take(force);
            return claimant.show()
                    .orElseThrow(() -> new DatastoreException("the claim on " + place()
                            + " was made and is not there: somebody deletes what lies below .s3ds/claim/"));
        });
    }

    @Override
    public boolean release(StoreContext context) throws DatastoreException {
        return ask(context, Claimant::release).isPresent();
    }

    private <T> T ask(StoreContext context, Question<T> question) throws DatastoreException {
        try (S3Bucket bucket = new S3Bucket(config, context)) {
            return question.ask(Claims.claimant(bucket, new S3Objects(bucket), context, InstantSource.system()));
        }
    }

    /** {@code readOnly} says no to both, where it is set. */
    @Override
    public Map<String, Object> settings(boolean exclusive) {
        String word = (exclusive ? Access.EXCLUSIVE : Access.SHARED).word();
        return spec.containsKey(SpecKey.READ_ONLY.key())
                ? Map.of(SpecKey.ACCESS.key(), word, SpecKey.READ_ONLY.key(), false)
                : Map.of(SpecKey.ACCESS.key(), word);
    }

    @Override
    public String rememberedAs() {
        return Claims.nameOf(config);
    }

    /** Two servers may each have a bucket of one name. */
    @Override
    public Map<String, Object> toBeToldApart() {
        return Map.of(SpecKey.PLACE_NAME.key(), config.place().toString());
    }

    /** One LIST; where there is something, for who will write, another, and a GET when there are claims. */
    @Override
    public Proposal propose(StoreContext context, Path repo) throws DatastoreException {
        try (S3Probe probe = new S3Probe(config, context)) {
            boolean isEmpty = probe.isEmpty();
            boolean isClaimed = !isEmpty && !config.readOnly() && probe.requireFree(repo);
            if (spec.containsKey(SpecKey.ACCESS.key()) || config.readOnly()) {
                return new Proposal(Map.of(), config.access() == Access.EXCLUSIVE, probe.notes(isEmpty || isClaimed));
            }
            return isEmpty || isClaimed
                    ? new Proposal(settings(true), true, List.of())
                    : new Proposal(SHARED, false, List.of(sharedNote()));
        }
    }

    private String sharedNote() {
        return place() + " is not empty, and no repo has claimed it, so others may write there: the new repo shares it"
                + " (\"access\": \"shared\"), and deletes nothing there for not needing it; if nobody else writes there,"
                + " make it this repo's with \"s3ds claim take\"";
    }
}
