/** Keys and peer ids as libp2p writes them: who a node is, and who signs names. */
@NullMarked
package org.s3ds.ipld.keys;

import org.jspecify.annotations.NullMarked;
