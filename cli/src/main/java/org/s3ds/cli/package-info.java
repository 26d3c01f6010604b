/** The {@code s3ds} command: reads the command line, puts the parts together, and is the only place that prints. */
@NullMarked
package org.s3ds.cli;

import org.jspecify.annotations.NullMarked;
