package org.s3ds.s3;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One page of a listing.
 *
 * @param objects in the server's order, at most 1,000
 * @param next the token that gives the page after this; empty at the end
 * @param took how long it was under way, without the time in our queue
 * @param source what is known of the request that brought it, should the page turn out to be wrong
 */
record ListedPage(List<Listed> objects, Optional<String> next, Duration took, S3Failure source) {
    ListedPage {
        objects = List.copyOf(objects);
    }
}
