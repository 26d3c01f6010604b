/**
 * Files and directories in and out of an IPFS node: {@code add}, {@code cat}, {@code get}, {@code ls}, {@code refs}.
 */
@NullMarked
package org.s3ds.node.unixfs;

import org.jspecify.annotations.NullMarked;
