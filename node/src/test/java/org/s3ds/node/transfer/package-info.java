/** Tests of the package. */
@NullMarked
package org.s3ds.node.transfer;

import org.jspecify.annotations.NullMarked;
