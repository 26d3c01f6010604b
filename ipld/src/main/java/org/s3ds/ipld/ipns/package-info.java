/** Names that change: the records that say what they stand for. */
@NullMarked
package org.s3ds.ipld.ipns;

import org.jspecify.annotations.NullMarked;
