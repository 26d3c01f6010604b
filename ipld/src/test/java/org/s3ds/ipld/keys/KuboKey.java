package org.s3ds.ipld.keys;

import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.s3ds.ipld.FormatException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A key that Kubo 0.43.1 made, and what it made with it. */
public record KuboKey(JsonNode facts) {
    /** All of them. */
    public static Stream<KuboKey> all() throws IOException {
        try (InputStream in = Objects.requireNonNull(KuboKey.class.getResourceAsStream("kubo-keys.json"))) {
            return JsonMapper.shared().readTree(in).get("keys").valueStream().map(KuboKey::new);
        }
    }

    /** The key whose place in the file this is. */
    public static KuboKey at(int index) throws IOException {
        List<KuboKey> all = all().toList();
        return all.get(index);
    }

    /** A text. */
    public String text(String fact) {
        return facts.get(fact).asString();
    }

    /** Bytes, which stand there in hexadecimal. */
    public byte[] bytes(String fact) {
        return HexFormat.of().parseHex(text(fact));
    }

    /** The key. */
    public PrivateKey key() throws FormatException {
        return PrivateKey.decode(bytes("key"));
    }

    @Override
    public String toString() {
        return text("name");
    }
}
