/**
 * Keys for S3, and where they come from. {@code Credentials} is the way in; it knows nothing of specs and buckets, and
 * is told the environment and the time.
 */
@NullMarked
package org.s3ds.s3.credentials;

import org.jspecify.annotations.NullMarked;
