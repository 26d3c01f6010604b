/** The LevelDB datastore: the {@code /} mount of a Kubo repo, in the files Kubo itself reads and writes. */
@NullMarked
package org.s3ds.levelds;

import org.jspecify.annotations.NullMarked;
