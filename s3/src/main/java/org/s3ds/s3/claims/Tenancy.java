package org.s3ds.s3.claims;

import java.util.Optional;

/**
 * A session's claim, and what it followed.
 *
 * @param made the claim
 * @param followed the session of the claim that counted before, if it was this repo's and not given up: then nobody
 *     else can have written in between
 */
public record Tenancy(Made made, Optional<String> followed) {}
