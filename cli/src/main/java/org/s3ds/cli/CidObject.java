package org.s3ds.cli;

import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.s3ds.ipld.Cid;

/** A CID as an object of JSON, {@code {"/":"bafy…"}}: always in its usual base. */
final class CidObject {
    private CidObject() {}

    static Map<String, Object> of(Cid cid) {
        return Map.of("/", cid.toString());
    }

    /**
     * The CID that an object is.
     *
     * @throws IOException when it is none
     */
    static Cid cid(@Nullable Object object) throws IOException {
        return Cid.parse(object instanceof Map<?, ?> map ? String.valueOf(map.get("/")) : "");
    }
}
