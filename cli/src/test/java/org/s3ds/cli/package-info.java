/** Tests of the command. */
@NullMarked
package org.s3ds.cli;

import org.jspecify.annotations.NullMarked;
