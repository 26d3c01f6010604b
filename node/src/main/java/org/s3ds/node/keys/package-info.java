/** The keys of a node: its own, and those that have names. */
@NullMarked
package org.s3ds.node.keys;

import org.jspecify.annotations.NullMarked;
