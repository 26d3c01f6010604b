package org.s3ds.s3.claims;

import java.time.Instant;

/**
 * The claim that counts on a place, for whoever wants to know.
 *
 * @param number of the object
 * @param repo the id of the repo that made it
 * @param generation the repo's
 * @param since when it was made
 * @param host on which machine
 * @param released whether it says that nobody holds the place any more
 * @param isOurs whether this repo made it last
 */
public record Held(
        long number, String repo, long generation, Instant since, String host, boolean released, boolean isOurs) {}
