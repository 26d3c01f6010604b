@NullMarked
package org.s3ds.ipld.car;

import org.jspecify.annotations.NullMarked;
