/** What the plugin has beside the store: SLF4J, which the store's libraries log to, leads to the node's log. */
@NullMarked
package org.s3ds.plugin;

import org.jspecify.annotations.NullMarked;
