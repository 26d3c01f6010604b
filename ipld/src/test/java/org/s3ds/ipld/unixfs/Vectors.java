package org.s3ds.ipld.unixfs;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What Kubo made of given files and trees (0.42.0), and of changes to them (0.43.1). */
final class Vectors {
    private Vectors() {}

    static JsonNode read() throws IOException {
        return read("cid-vectors.json");
    }

    static JsonNode read(String resource) throws IOException {
        try (InputStream in = Objects.requireNonNull(Vectors.class.getResourceAsStream(resource))) {
            return JsonMapper.shared().readTree(in);
        }
    }
}
