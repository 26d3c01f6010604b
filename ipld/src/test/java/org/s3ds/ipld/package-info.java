/** Tests of the values: vectors from outside, round trips, and bytes made to harm. */
@NullMarked
package org.s3ds.ipld;

import org.jspecify.annotations.NullMarked;
