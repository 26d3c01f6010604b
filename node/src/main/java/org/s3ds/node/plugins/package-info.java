/** Store types built apart from the node: the jars in a repo's folder {@code plugins}. */
@NullMarked
package org.s3ds.node.plugins;

import org.jspecify.annotations.NullMarked;
