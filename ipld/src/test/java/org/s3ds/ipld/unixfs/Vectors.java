package org.s3ds.ipld.unixfs;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What Kubo 0.42.0 made of given files and trees. */
final class Vectors {
    private Vectors() {}

    static JsonNode read() throws IOException {
        try (InputStream in = Objects.requireNonNull(Vectors.class.getResourceAsStream("cid-vectors.json"))) {
            return JsonMapper.shared().readTree(in);
        }
    }
}
