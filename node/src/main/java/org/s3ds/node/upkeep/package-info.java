/** How a node is looked after: how much it holds, and whether every block of it is whole. */
@NullMarked
package org.s3ds.node.upkeep;

import org.jspecify.annotations.NullMarked;
