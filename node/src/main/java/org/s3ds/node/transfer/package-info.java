/** Blocks moved from one place to another, each checked on the way and sent only when it is not there. */
@NullMarked
package org.s3ds.node.transfer;

import org.jspecify.annotations.NullMarked;
