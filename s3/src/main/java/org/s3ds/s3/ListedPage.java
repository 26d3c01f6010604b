package org.s3ds.s3;

import java.util.List;
import java.util.Optional;

/**
 * One page of a listing.
 *
 * @param objects in the server's order, at most 1,000
 * @param next the token that gives the page after this; empty at the end
 */
record ListedPage(List<Listed> objects, Optional<String> next) {
    ListedPage {
        objects = List.copyOf(objects);
    }
}
