package org.s3ds.node.mfs;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import org.s3ds.ipld.CidFormat;

/**
 * How a file is written to.
 *
 * @param offset where the first byte goes; beyond the end, zeros come between
 * @param count how many bytes are taken at most
 * @param create a file that is not there is made
 * @param parents directories above it that are not there are made
 * @param truncate the file is made empty first
 * @param rawLeaves whether new leaves are raw; empty: as the config says
 * @param format how what is new is named; empty: as the config says
 */
public record WriteOptions(
        long offset,
        OptionalLong count,
        boolean create,
        boolean parents,
        boolean truncate,
        Optional<Boolean> rawLeaves,
        Optional<CidFormat> format) {
    /**
     * Refuses, in Kubo's sentences, what cannot be.
     *
     * @throws IOException when a number is negative
     */
    void check() throws IOException {
        if (offset < 0) {
            throw new IOException("cannot have negative write offset");
        }
        if (count.isPresent() && count.getAsLong() < 0) {
            throw new IOException("cannot have negative byte count");
        }
    }
}
