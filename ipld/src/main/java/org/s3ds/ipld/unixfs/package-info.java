/**
 * UnixFS: files and directories as blocks, and back.
 *
 * <p>Writing streams: {@link org.s3ds.ipld.unixfs.FileImporter} and {@link org.s3ds.ipld.unixfs.DirectoryBuilder} hand
 * each block to a sink, children before parents. Reading is a walk without I/O ({@link org.s3ds.ipld.unixfs.Walk}): the
 * caller fetches the blocks that the walk names, as far ahead as it likes. {@link org.s3ds.ipld.unixfs.FileEditor} and
 * {@link org.s3ds.ipld.unixfs.DirectoryEditor} read and write only the blocks that a change concerns. All give exactly
 * Kubo's bytes and CIDs.
 */
@NullMarked
package org.s3ds.ipld.unixfs;

import org.jspecify.annotations.NullMarked;
