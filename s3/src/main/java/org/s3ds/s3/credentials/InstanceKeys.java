package org.s3ds.s3.credentials;

import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * The role of an EC2 instance, from its metadata, version 2 alone. Where there is no instance, half a second is lost.
 */
record InstanceKeys(Surroundings surroundings, Web web) implements Source {
    private static final String ROLES = "/latest/meta-data/iam/security-credentials/";

    @Override
    public Optional<Found> find() throws IOException {
        if (surroundings
                .value("AWS_EC2_METADATA_DISABLED")
                .filter("true"::equalsIgnoreCase)
                .isPresent()) {
            return Optional.empty();
        }
        String base = surroundings
                .value("AWS_EC2_METADATA_SERVICE_ENDPOINT")
                .orElse("http://169.254.169.254")
                .replaceFirst("/$", "");
        Optional<Map<String, String>> token = token(base);
        if (token.isEmpty()) {
            return Optional.empty();
        }
        Web.Answer roles = web.get(URI.create(base + ROLES), token.get());
        if (roles.status() == 404) {
            return Optional.empty();
        }
        if (roles.status() != 200) {
            throw new IOException("the instance's metadata does not name its role: status " + roles.status());
        }
        String role = roles.body().strip().lines().findFirst().orElse("");
        return Optional.of(keys(base, role, token.get()).from(CredentialSource.INSTANCE, "role " + role));
    }

    /** Empty where nobody answers as an instance's metadata does. */
    private Optional<Map<String, String>> token(String base) {
        try {
            Web.Answer answer = web.put(
                    URI.create(base + "/latest/api/token"), Map.of("X-aws-ec2-metadata-token-ttl-seconds", "21600"));
            return answer.status() == 200
                    ? Optional.of(Map.of("X-aws-ec2-metadata-token", answer.body()))
                    : Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private Found keys(String base, String role, Map<String, String> token) throws IOException {
        try {
            Web.Answer answer = web.get(URI.create(base + ROLES + role), token);
            if (answer.status() != 200) {
                throw new IOException("status " + answer.status());
            }
            return JsonKeys.parse(answer.body(), "Token");
        } catch (IOException e) {
            throw new IOException(
                    "the instance's metadata gave no keys for the role " + role + ": " + e.getMessage(), e);
        }
    }
}
