/** Metrics for Prometheus, as a registry of its own library, and as the text that it reads. */
@NullMarked
package org.s3ds.prometheus;

import org.jspecify.annotations.NullMarked;
