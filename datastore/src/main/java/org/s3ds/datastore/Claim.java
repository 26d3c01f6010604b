package org.s3ds.datastore;

import java.time.Instant;

/**
 * What a repo made known at a place: that it alone writes and deletes there, or that it does so no more.
 *
 * @param number rises with each claim on the place; the highest counts
 * @param repo the id of the repo that made it
 * @param generation rises with each claim of that repo
 * @param since when that repo came to hold the place
 * @param made when it was made, which each session that writes does anew
 * @param host the machine on which it was made, as that calls itself
 * @param released whether it says that the place is given up
 * @param isOurs whether it is the last that this repo made
 * @param isKin whether it is that, or one of a repo of the same id: this was copied from that, or that from this
 */
public record Claim(
        long number,
        String repo,
        long generation,
        Instant since,
        Instant made,
        String host,
        boolean released,
        boolean isOurs,
        boolean isKin) {}
