@NullMarked
package org.s3ds.prometheus;

import org.jspecify.annotations.NullMarked;
