/** Tests of credentials. */
@NullMarked
package org.s3ds.s3.credentials;

import org.jspecify.annotations.NullMarked;
