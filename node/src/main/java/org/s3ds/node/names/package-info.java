/** Names that this node gives, and those that it was told of: IPNS without a network. */
@NullMarked
package org.s3ds.node.names;

import org.jspecify.annotations.NullMarked;
