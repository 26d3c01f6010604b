/** Blocks in a datastore: stored, checked and listed; written and read with many requests in flight. */
@NullMarked
package org.s3ds.node.blocks;

import org.jspecify.annotations.NullMarked;
