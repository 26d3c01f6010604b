/** Tests of keys and peer ids. */
@NullMarked
package org.s3ds.ipld.keys;

import org.jspecify.annotations.NullMarked;
