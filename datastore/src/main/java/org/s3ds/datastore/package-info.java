/** The datastore contract, and the stores and combinators that need nothing but the JDK. */
@NullMarked
package org.s3ds.datastore;

import org.jspecify.annotations.NullMarked;
