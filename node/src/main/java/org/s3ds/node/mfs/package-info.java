/** The files of a node (MFS): a tree of names that can be changed, kept as UnixFS directories below one root. */
@NullMarked
package org.s3ds.node.mfs;

import org.jspecify.annotations.NullMarked;
