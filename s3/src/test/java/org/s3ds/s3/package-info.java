/** The S3 datastore against a server in this process. */
@NullMarked
package org.s3ds.s3;

import org.jspecify.annotations.NullMarked;
