/** Tables of keys on this machine, on RocksDB: for what a store knows of its values. */
@NullMarked
package org.s3ds.index;

import org.jspecify.annotations.NullMarked;
