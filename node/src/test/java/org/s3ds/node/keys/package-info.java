/** Tests of the keystore. */
@NullMarked
package org.s3ds.node.keys;

import org.jspecify.annotations.NullMarked;
