package org.s3ds.s3.credentials;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;
import software.amazon.awssdk.protocols.jsoncore.JsonWriter;
import software.amazon.awssdk.regions.Region;

/**
 * What {@code aws sso login} has left in a file: a token, and what another is had for when it has expired. The new one
 * is written there, as AWS's own tools do it: the old refresh token may be good for nothing any more.
 *
 * @param file where it is
 * @param profile whose it is
 * @param region where the login was
 * @param web how AWS's services are reached
 */
record SsoLogin(Path file, String profile, String region, Surroundings surroundings, Web web) {
    /** A token that is good now. */
    String token() throws IOException {
        if (!Files.exists(file)) {
            throw new IOException("nobody is logged in by SSO" + way());
        }
        JsonNode login;
        try {
            login = JsonKeys.object(Files.readString(file));
        } catch (IOException e) {
            throw new IOException("the login in " + file + " cannot be read" + way(), e);
        }
        return isGood(login, "expiresAt") ? JsonKeys.needed(login, "accessToken") : renewed(login);
    }

    private String way() {
        return "; run aws sso login --profile " + profile;
    }

    private boolean isGood(JsonNode login, String end) throws IOException {
        Optional<Instant> until = JsonKeys.time(login, end);
        return until.isPresent() && surroundings.clock().instant().isBefore(until.get());
    }

    private String renewed(JsonNode login) throws IOException {
        Optional<String> refresh = JsonKeys.text(login, "refreshToken");
        Optional<String> client = JsonKeys.text(login, "clientId");
        Optional<String> secret = JsonKeys.text(login, "clientSecret");
        if (refresh.isEmpty() || client.isEmpty() || secret.isEmpty() || !isGood(login, "registrationExpiresAt")) {
            throw new IOException("the login by SSO has expired" + way());
        }
        JsonNode answer = asked(Map.of(
                "grantType", "refresh_token",
                "clientId", client.get(),
                "clientSecret", secret.get(),
                "refreshToken", refresh.get()));
        String token = JsonKeys.needed(answer, "accessToken");
        keep(login, answer, token);
        return token;
    }

    private JsonNode asked(Map<String, String> question) throws IOException {
        byte[] body = json(question);
        Web.Answer answer = web.send(
                SdkHttpRequest.builder()
                        .method(SdkHttpMethod.POST)
                        .uri(endpoint())
                        .putHeader("Content-Type", "application/json")
                        .putHeader("Content-Length", String.valueOf(body.length))
                        .build(),
                Optional.of(ContentStreamProvider.fromByteArray(body)));
        if (answer.status() != 200) {
            throw new IOException(
                    "the login by SSO has expired, and is not renewed: status " + answer.status() + way());
        }
        return JsonKeys.object(answer.body());
    }

    private URI endpoint() {
        String server = surroundings
                .value("AWS_ENDPOINT_URL_SSO_OIDC")
                .orElseGet(() -> "https://oidc." + region + "."
                        + Region.of(region).metadata().partition().dnsSuffix());
        return URI.create(server.replaceFirst("/$", "") + "/token");
    }

    /** Everything else that stands there stays. */
    private void keep(JsonNode login, JsonNode answer, String token) throws IOException {
        Map<String, String> kept = new TreeMap<>();
        login.asObject().forEach((name, value) -> {
            if (value.isString()) {
                kept.put(name, value.asString());
            }
        });
        kept.put("accessToken", token);
        kept.put("expiresAt", end(answer).toString());
        JsonKeys.text(answer, "refreshToken").ifPresent(next -> kept.put("refreshToken", next));
        try {
            // made for the owner's eyes alone
            Path written = Files.createTempFile(file.getParent(), "s3ds", ".json");
            Files.write(written, json(kept));
            Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new IOException("the login by SSO was renewed, but cannot be kept in " + file + way(), e);
        }
    }

    private Instant end(JsonNode answer) throws IOException {
        try {
            long seconds = Long.parseLong(answer.field("expiresIn")
                    .filter(JsonNode::isNumber)
                    .map(JsonNode::asNumber)
                    .orElse("0"));
            return surroundings.clock().instant().plusSeconds(seconds).truncatedTo(ChronoUnit.SECONDS);
        } catch (NumberFormatException e) {
            throw new IOException("the answer to a login by SSO has an expiresIn that is no number of seconds", e);
        }
    }

    private static byte[] json(Map<String, String> fields) {
        JsonWriter writer = JsonWriter.create();
        writer.writeStartObject();
        fields.forEach((name, value) -> writer.writeFieldName(name).writeValue(value));
        writer.writeEndObject();
        return writer.getBytes();
    }
}
