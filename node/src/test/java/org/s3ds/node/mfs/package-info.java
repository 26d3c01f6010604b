/** Tests of the files of a node. */
@NullMarked
package org.s3ds.node.mfs;

import org.jspecify.annotations.NullMarked;
