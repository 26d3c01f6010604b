/** CIDs, multihashes, multibase text, dag-pb nodes: values made of bytes and back, without I/O. */
@NullMarked
package org.s3ds.ipld;

import org.jspecify.annotations.NullMarked;
