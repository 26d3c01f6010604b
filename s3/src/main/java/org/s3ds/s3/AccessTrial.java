package org.s3ds.s3;

import java.time.InstantSource;
import java.util.Optional;
import org.s3ds.datastore.AccessException;
import org.s3ds.datastore.Claim;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Finding;
import org.s3ds.datastore.StoreContext;
import org.s3ds.s3.claims.Claimant;

/**
 * Whether the repo may write to its place and delete there: what its spec says, and which claim counts. Claims nothing.
 */
record AccessTrial(S3Config config, StoreContext context, S3Bucket bucket, S3Objects objects) {
    private static final String CHECK = "access";

    Finding finding() {
        try {
            Claimant claimant = Claims.claimant(bucket, objects, context, InstantSource.system());
            Optional<Claim> claim = claimant.show();
            if (!config.readOnly()) {
                claimant.requireFree();
            }
            return Finding.good(
                    CHECK, what() + "; " + claim.map(AccessTrial::holder).orElse("nobody holds the place"));
        } catch (AccessException e) {
            return config.access() == Access.EXCLUSIVE
                    ? Finding.bad(CHECK, Advice.sentence(e), "")
                    : Finding.warning(
                            CHECK, Advice.sentence(e), "what is put there may be removed by whoever holds it");
        } catch (DatastoreException e) {
            return Finding.untold(CHECK, Advice.sentence(e), "");
        }
    }

    private String what() {
        return switch (config.access()) {
            case EXCLUSIVE -> "exclusive: this repo alone writes and deletes";
            case SHARED -> "shared: others may write, so repo gc, block rm and repo verify --drop are refused";
            case READ_ONLY -> "read-only: nothing is put or deleted";
        };
    }

    private static String holder(Claim claim) {
        String who = claim.isOurs() ? "this repo" : "another repo";
        return claim.released()
                ? "nobody holds the place, which " + who + " gave up at " + claim.made()
                : who + " holds the place since " + claim.since() + ", on the machine " + claim.host();
    }
}
