/** Tests of records. */
@NullMarked
package org.s3ds.ipld.ipns;

import org.jspecify.annotations.NullMarked;
