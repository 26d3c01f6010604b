/** CAR files: blocks one behind the other, each with its CID. */
@NullMarked
package org.s3ds.ipld.car;

import org.jspecify.annotations.NullMarked;
