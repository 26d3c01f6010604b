/** An S3 server in the process, for trying out and for tests. */
@NullMarked
package org.s3ds.embedded;

import org.jspecify.annotations.NullMarked;
