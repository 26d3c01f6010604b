package org.s3ds.node.names;

import java.time.Duration;
import java.util.Optional;

/**
 * How a name is given something to stand for.
 *
 * @param value the path
 * @param lifetime for how long the record is good
 * @param ttl for how long others may keep it before they ask again
 * @param sequence the number of the record, without sign; when it is not said, one more than that of the last one with
 *     another value
 * @param version1 whether old programs can read it as well
 */
public record Publication(String value, Duration lifetime, Duration ttl, Optional<Long> sequence, boolean version1) {}
