/**
 * CIDs, multihashes, multibase text, nodes of dag-pb, dag-cbor and dag-json: values made of bytes and back, without
 * I/O.
 */
@NullMarked
package org.s3ds.ipld;

import org.jspecify.annotations.NullMarked;
