package org.s3ds.s3.index;

import java.time.Duration;

/**
 * How an index is used.
 *
 * @param exclusive whether nobody else writes or deletes at the place
 * @param presentFor how long what was seen to be there is held to be there, where others may delete it
 * @param absentFor how long what was found absent is held to be absent, where others may store it
 */
public record IndexOptions(boolean exclusive, Duration presentFor, Duration absentFor) {}
