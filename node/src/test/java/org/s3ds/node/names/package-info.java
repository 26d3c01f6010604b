/** Tests of names. */
@NullMarked
package org.s3ds.node.names;

import org.jspecify.annotations.NullMarked;
