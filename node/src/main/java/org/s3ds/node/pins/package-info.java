/** Pins in a datastore, byte for byte as Kubo keeps them. */
@NullMarked
package org.s3ds.node.pins;

import org.jspecify.annotations.NullMarked;
