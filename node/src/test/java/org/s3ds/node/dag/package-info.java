@NullMarked
package org.s3ds.node.dag;

import org.jspecify.annotations.NullMarked;
