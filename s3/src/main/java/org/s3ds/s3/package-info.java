/**
 * The S3 datastore: one object per value, named and configured as go-ds-s3 does. {@code S3StoreType} is the way in;
 * {@code S3Objects} sends the requests about one object itself; {@code S3Bucket} sends all others by the AWS SDK's
 * client.
 */
@NullMarked
package org.s3ds.s3;

import org.jspecify.annotations.NullMarked;
