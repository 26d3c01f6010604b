/**
 * The S3 datastore: one object per value, named and configured as go-ds-s3 does. {@code S3StoreType} is the way in;
 * {@code S3Bucket} is the only class that talks to the AWS SDK's S3 client.
 */
@NullMarked
package org.s3ds.s3;

import org.jspecify.annotations.NullMarked;
