package org.s3ds.s3.claims;

import java.nio.file.Path;
import org.s3ds.datastore.AccessException;
import org.s3ds.datastore.DatastoreException;

/** Why a place is not ours, in sentences that say what to do. */
final class Refusals {
    private static final String TAKE = "run \"s3ds claim take\"";
    private static final int SHORT_ID = 8;

    private Refusals() {}

    /** Another repo, or a copy of this one. */
    static AccessException held(String place, ClaimRecord claim, Memory memory) {
        return claim.repo().equals(memory.repo()) ? copied(place, claim, memory) : others(place, claim);
    }

    private static AccessException others(String place, ClaimRecord claim) {
        return new AccessException(("%s is held by another repo, %s… on the machine %s, since %s, which alone may write"
                        + " and delete there: give this repo a place of its own with rootDirectory; or, if that repo is"
                        + " gone for good, %s (from a new repo, made with \"s3ds init --access read-only\")")
                .formatted(place, claim.repo().substring(0, SHORT_ID), claim.host(), claim.since(), TAKE));
    }

    private static AccessException copied(String place, ClaimRecord claim, Memory memory) {
        return new AccessException(
                ("%s was claimed in generation %d of this repo, on the machine %s at %s, and the repo"
                                + " here knows of no generation beyond %d: one of the two was copied, or restored from a backup"
                                + " or a snapshot, and only one may write there; see that the other never writes again, then %s")
                        .formatted(place, claim.generation(), claim.host(), claim.time(), memory.generation(), TAKE));
    }

    /** The claim that this repo made is not there, and none that is higher. */
    static AccessException deleted(String place, long number) {
        return new AccessException(("the claim of this repo on %s, number %d, is gone: somebody deleted what lies below"
                        + " .s3ds/claim/ there, and nobody can tell who has written since; see that no other repo writes"
                        + " there, then %s")
                .formatted(place, number, TAKE));
    }

    /** The server has no put that does not replace. */
    static AccessException notProved(String place) {
        return new AccessException(("%s cannot be held by one repo alone: the server replaces an object that a put with"
                        + " If-None-Match must leave alone, so that two repos could claim it at once; set \"access\" to"
                        + " \"shared\", or, if no other repo will ever write there, use --force with \"s3ds claim take\" or"
                        + " \"s3ds init\"")
                .formatted(place));
    }

    /** Somebody claims it again and again. */
    static AccessException busy(String place) {
        return new AccessException(
                place + " is being claimed by another repo at this very moment: see which repos write there; each needs"
                        + " a rootDirectory of its own");
    }

    /** An object that is called like a claim. */
    static AccessException unreadable(String name) {
        return new AccessException(name + " is named as a claim and is none, so nobody can tell whose the place is: see"
                + " who made it and that no other repo writes there, then " + TAKE);
    }

    /** A claim of another version. */
    static AccessException newer(String name, int format) {
        return new AccessException(("%s is a claim of a newer s3ds (format %d, and this version knows 1): use that"
                        + " version; or, if the repo that made it is gone for good, %s")
                .formatted(name, format, TAKE));
    }

    /** The last number is taken. */
    static AccessException exhausted(String place) {
        return new AccessException(("no number is left for a claim on %s: somebody made one with the highest there is;"
                        + " delete what lies below .s3ds/claim/ there, then %s")
                .formatted(place, TAKE));
    }

    /** The repo's own file is damaged. */
    static DatastoreException forgotten(Path file) {
        return new DatastoreException(
                ("%s is damaged, so this repo cannot tell which claims it made: bring it back, or see"
                                + " that no other repo writes to its place, then %s")
                        .formatted(file, TAKE));
    }
}
