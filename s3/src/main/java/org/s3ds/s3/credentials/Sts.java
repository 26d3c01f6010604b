package org.s3ds.s3.credentials;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.regions.Region;

/**
 * AWS's Security Token Service: two of its calls.
 *
 * @param web how it is reached
 * @param surroundings where {@code AWS_ENDPOINT_URL_STS} may name another server
 * @param region whose it is; blank for the one of all regions
 */
record Sts(Web web, Surroundings surroundings, String region) {
    /** What our sessions are called when nobody says. */
    static final String SESSION = "s3ds";

    private static final String SIGNING_REGION = "us-east-1";

    /**
     * A role to take on.
     *
     * @param arn its name
     * @param session what the session is called
     * @param externalId what its owner wants to hear; blank for nothing
     * @param seconds how long; empty for the service's own choice
     */
    record Role(String arn, String session, String externalId, Optional<String> seconds) {}

    /** Takes a role on with keys. */
    Found assume(Role role, AwsCredentials keys) throws IOException {
        Map<String, String> form = form("AssumeRole", role);
        if (!role.externalId().isEmpty()) {
            form.put("ExternalId", role.externalId());
        }
        ContentStreamProvider body = ContentStreamProvider.fromByteArray(encoded(form));
        SdkHttpRequest post = post(form);
        SignedRequest signed = AwsV4HttpSigner.create()
                .sign(request -> request.identity(keys)
                        .request(post)
                        .payload(body)
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "sts")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, region.isEmpty() ? SIGNING_REGION : region));
        return found(role, web.send(signed.request(), signed.payload()));
    }

    /** Takes a role on with a token of another identity provider. */
    Found withWebIdentity(Role role, String token) throws IOException {
        Map<String, String> form = form("AssumeRoleWithWebIdentity", role);
        form.put("WebIdentityToken", token);
        return found(role, web.send(post(form), Optional.of(ContentStreamProvider.fromByteArray(encoded(form)))));
    }

    private static Map<String, String> form(String action, Role role) {
        Map<String, String> form = new TreeMap<>(Map.of(
                "Action", action, "Version", "2011-06-15", "RoleArn", role.arn(), "RoleSessionName", role.session()));
        role.seconds().ifPresent(seconds -> form.put("DurationSeconds", seconds));
        return form;
    }

    private static byte[] encoded(Map<String, String> form) {
        return form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), UTF_8))
                .collect(Collectors.joining("&"))
                .getBytes(UTF_8);
    }

    private SdkHttpRequest post(Map<String, String> form) throws IOException {
        return SdkHttpRequest.builder()
                .method(SdkHttpMethod.POST)
                .uri(endpoint())
                .putHeader("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
                .putHeader("Content-Length", String.valueOf(encoded(form).length))
                .build();
    }

    private URI endpoint() throws IOException {
        String usual = region.isEmpty()
                ? "https://sts.amazonaws.com"
                : "https://sts." + region + "."
                        + Region.of(region).metadata().partition().dnsSuffix();
        URI uri = surroundings.address("AWS_ENDPOINT_URL_STS").orElseGet(() -> URI.create(usual));
        return uri.getPath().isEmpty() ? uri.resolve("/") : uri;
    }

    private Found found(Role role, Web.Answer answer) throws IOException {
        Map<String, String> fields = XmlFields.of(answer.body());
        if (answer.status() != 200) {
            throw new IOException("the role " + role.arn() + " could not be assumed at "
                    + endpoint().getHost() + ": status " + answer.status() + " " + fields.getOrDefault("Code", "") + " "
                    + fields.getOrDefault("Message", ""));
        }
        for (String needed : new String[] {"AccessKeyId", "SecretAccessKey", "SessionToken", "Expiration"}) {
            if (!fields.containsKey(needed)) {
                throw new IOException(
                        "the answer of " + endpoint().getHost() + " for the role " + role.arn() + " has no " + needed);
            }
        }
        return Found.of(
                fields.getOrDefault("AccessKeyId", ""),
                fields.getOrDefault("SecretAccessKey", ""),
                fields.getOrDefault("SessionToken", ""),
                Optional.of(JsonKeys.instant(fields.getOrDefault("Expiration", ""), "Expiration")));
    }
}
