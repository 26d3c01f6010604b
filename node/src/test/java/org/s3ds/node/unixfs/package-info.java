/** Tests of files in and out. */
@NullMarked
package org.s3ds.node.unixfs;

import org.jspecify.annotations.NullMarked;
