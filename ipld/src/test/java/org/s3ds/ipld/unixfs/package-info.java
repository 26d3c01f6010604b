@NullMarked
package org.s3ds.ipld.unixfs;

import org.jspecify.annotations.NullMarked;
