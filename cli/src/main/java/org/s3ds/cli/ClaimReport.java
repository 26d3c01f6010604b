package org.s3ds.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.s3ds.datastore.Claim;
import org.s3ds.datastore.StoreClaims;

/** What is said of the claim on a place. */
final class ClaimReport {
    private ClaimReport() {}

    /** For people. */
    static String text(StoreClaims store, Optional<Claim> claim) {
        String holder = claim.map(ClaimReport::holder).orElse("nobody");
        return "Place:   " + store.place() + "\nAccess:  " + store.access() + "\nHeld by: " + holder;
    }

    private static String holder(Claim claim) {
        String who = claim.isOurs() ? "this repo" : other(claim);
        String made = ", on the machine %s since %s, last at %s, as number %d"
                .formatted(claim.host(), claim.since(), claim.made(), claim.number());
        return claim.released() ? "nobody: it was given up by " + who + made : who + made;
    }

    /** The id alone does not tell: a copy has the same. */
    private static String other(Claim claim) {
        return claim.isKin()
                ? "another copy of this repo, in generation " + claim.generation()
                : "another repo, " + claim.repo();
    }

    /** For programs. */
    static Map<String, @Nullable Object> fields(StoreClaims store, Optional<Claim> claim) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("Place", store.place());
        fields.put("Access", store.access());
        fields.put("Claim", claim.map(ClaimReport::fields).orElse(null));
        return fields;
    }

    private static Map<String, @Nullable Object> fields(Claim claim) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("Number", claim.number());
        fields.put("Repo", claim.repo());
        fields.put("Generation", claim.generation());
        fields.put("Since", claim.since().toString());
        fields.put("Made", claim.made().toString());
        fields.put("Host", claim.host());
        fields.put("Released", claim.released());
        fields.put("Ours", claim.isOurs());
        fields.put("OfACopy", claim.isKin() && !claim.isOurs());
        return fields;
    }
}
