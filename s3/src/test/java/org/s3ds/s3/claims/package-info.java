/** Tests of claims, on a place in memory. */
@NullMarked
package org.s3ds.s3.claims;

import org.jspecify.annotations.NullMarked;
