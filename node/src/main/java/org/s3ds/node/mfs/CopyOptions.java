package org.s3ds.node.mfs;

import java.util.Optional;
import org.s3ds.ipld.CidFormat;

/**
 * How something is copied.
 *
 * @param force a file at the destination is replaced
 * @param parents directories above the destination that are not there are made
 * @param format how those are named; empty: as the config says
 */
public record CopyOptions(boolean force, boolean parents, Optional<CidFormat> format) {}
