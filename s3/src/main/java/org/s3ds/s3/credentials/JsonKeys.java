package org.s3ds.s3.credentials;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;

/** Keys in JSON, as containers, instances and processes give them. Never repeats what it read: that may be a secret. */
final class JsonKeys {
    private JsonKeys() {}

    /** Keys whose session token is in a field of this name. */
    static Found parse(String json, String tokenField) throws IOException {
        JsonNode answer = object(json);
        return Found.of(
                needed(answer, "AccessKeyId"),
                needed(answer, "SecretAccessKey"),
                text(answer, tokenField).orElse(""),
                time(answer, "Expiration"));
    }

    static JsonNode object(String json) throws IOException {
        if (json.isBlank()) {
            throw new IOException("its answer is empty");
        }
        try {
            JsonNode answer = JsonNode.parser().parse(json);
            if (answer.isObject()) {
                return answer;
            }
        } catch (UncheckedIOException e) {
            // its message may quote a secret
        }
        throw new IOException("its answer is no JSON object");
    }

    static String needed(JsonNode answer, String name) throws IOException {
        return text(answer, name).orElseThrow(() -> new IOException("its answer has no " + name));
    }

    static Optional<String> text(JsonNode answer, String name) {
        return answer.field(name)
                .filter(JsonNode::isString)
                .map(JsonNode::asString)
                .filter(text -> !text.isEmpty());
    }

    static Optional<Instant> time(JsonNode answer, String name) throws IOException {
        Optional<String> text = text(answer, name);
        return text.isEmpty() ? Optional.empty() : Optional.of(instant(text.get(), name));
    }

    static Instant instant(String text, String name) throws IOException {
        try {
            return OffsetDateTime.parse(text.replaceFirst("UTC$", "Z")).toInstant();
        } catch (DateTimeException e) {
            throw new IOException(name + " \"" + text + "\" is no time", e);
        }
    }
}
