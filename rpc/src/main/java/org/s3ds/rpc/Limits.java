package org.s3ds.rpc;

import java.time.Duration;

/**
 * What one client may take of a server.
 *
 * @param headerBytes of a request, with its first line; more is 431, or 414
 * @param headers of a request; more is 431
 * @param headerTime for a request to come whole, and for a connection to lie idle between two
 * @param bodyTime between two bytes of a body, of a request or an answer
 * @param connections at once; more wait
 * @param requests at once; more are turned away
 */
record Limits(int headerBytes, int headers, Duration headerTime, Duration bodyTime, int connections, int requests) {
    /** As Kubo has it, where Kubo has a limit: what a pipe or a pager holds up for an hour goes on. */
    static final Limits USUAL = new Limits(1 << 20, 1000, Duration.ofSeconds(30), Duration.ofHours(1), 4096, 512);
}
