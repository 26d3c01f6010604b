package org.s3ds.s3.credentials;

import java.io.IOException;
import java.util.Optional;

/** A place that keys may come from. */
interface Source {
    /**
     * Asks for keys.
     *
     * @return empty when this place is not set up
     * @throws IOException when it is, and gives none: the sentence names it, says what to do, and shows no secret
     */
    Optional<Found> find() throws IOException;
}
