/**
 * Who alone may write to a place in a bucket: claims, which are small objects with numbers, of which the highest
 * counts. {@code Claimant} makes and reads them; it knows nothing of S3, and is told the time and chance. The protocol
 * stands in {@code docs/design.md}.
 */
@NullMarked
package org.s3ds.s3.claims;

import org.jspecify.annotations.NullMarked;
