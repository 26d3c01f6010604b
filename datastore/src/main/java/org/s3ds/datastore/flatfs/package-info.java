/** Flatfs: one file per block, as Kubo keeps its {@code blocks} folder. */
@NullMarked
package org.s3ds.datastore.flatfs;

import org.jspecify.annotations.NullMarked;
