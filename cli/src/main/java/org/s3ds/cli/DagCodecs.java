package org.s3ds.cli;

import java.io.IOException;
import java.util.OptionalLong;
import org.s3ds.ipld.DataCodec;
import org.s3ds.ipld.Multicodec;

/** The codecs that an option names. */
final class DagCodecs {
    private DagCodecs() {}

    /**
     * The code of a name, or of a number as Go reads it.
     *
     * @throws IOException with Kubo's sentence
     */
    static long code(String name) throws IOException {
        OptionalLong named = Multicodec.codeOf(name);
        if (named.isPresent()) {
            return named.getAsLong();
        }
        try {
            return Long.decode(name);
        } catch (NumberFormatException e) {
            throw new IOException("unknown multicodec: \"%s\"".formatted(name), e);
        }
    }

    /**
     * A codec in which something can be said.
     *
     * @param role what Kubo says there is none of: {@code encoder} or {@code decoder}
     */
    static DataCodec of(String name, String role) throws IOException {
        long code = code(name);
        return DataCodec.byCode(code)
                .orElseThrow(() -> new IOException(
                        "no %s registered for multicodec code %d (0x%x): known are raw, dag-pb, dag-cbor, dag-json, cbor and json"
                                .formatted(role, code, code)));
    }
}
