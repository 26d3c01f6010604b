package org.s3ds.ipld.unixfs;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import tools.jackson.databind.JsonNode;

/** The inputs that the vectors speak of. */
final class Content {
    private Content() {}

    static byte[] of(JsonNode input) {
        return switch (input.get("kind").asString()) {
            case "text" -> input.get("text").asString().getBytes(StandardCharsets.UTF_8);
            case "zeros" -> new byte[input.get("size").asInt()];
            case "stream" ->
                stream(input.get("seed").asString(), input.get("size").asInt());
            default -> throw new IllegalArgumentException(input.toString());
        };
    }

    /** SHA-256 of the seed and a big-endian counter, one digest after the other. */
    static byte[] stream(String seed, int size) {
        byte[] content = new byte[size];
        MessageDigest sha256 = sha256();
        for (int at = 0, counter = 0; at < size; at += 32, counter++) {
            sha256.update(seed.getBytes(StandardCharsets.UTF_8));
            byte[] digest =
                    sha256.digest(ByteBuffer.allocate(8).putLong(counter).array());
            System.arraycopy(digest, 0, content, at, Math.min(32, size - at));
        }
        return content;
    }

    static byte[] copy(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        return copy;
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
