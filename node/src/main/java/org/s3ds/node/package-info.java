/** An IPFS node on any datastore: the one door to its repo, blocks and pins. */
@NullMarked
package org.s3ds.node;

import org.jspecify.annotations.NullMarked;
