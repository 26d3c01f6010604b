package org.s3ds.s3.credentials;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.profiles.Profile;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;
import software.amazon.awssdk.regions.Region;

/**
 * The keys of a login by {@code aws sso login}: its token lies in {@code ~/.aws/sso/cache}, and buys keys of a role.
 */
record SsoKeys(ProfileFile files, Profile profile, Surroundings surroundings, Web web) {
    Found find() throws IOException {
        Optional<String> session = profile.property("sso_session");
        Optional<Profile> section = session.flatMap(name -> files.getSection("sso-session", name));
        if (session.isPresent() && section.isEmpty()) {
            throw new IOException("there is no sso-session \"" + session.get() + "\" in the file config");
        }
        Profile login = section.orElse(profile);
        String region = needed(login, "sso_region");
        // the file's name is made of the session's name, or without one of the address
        String token = login(session.isPresent() ? session.get() : needed(login, "sso_start_url"), region)
                .token();
        return bought(region, needed(profile, "sso_account_id"), needed(profile, "sso_role_name"), token);
    }

    private static String needed(Profile from, String property) throws IOException {
        return from.property(property).orElseThrow(() -> new IOException("it has no " + property));
    }

    private SsoLogin login(String cached, String region) throws IOException {
        Path folder = surroundings
                .awsFolder()
                .orElseThrow(() -> new IOException("the environment does not say where home is"));
        return new SsoLogin(
                folder.resolve("sso/cache/" + sha1(cached) + ".json"), profile.name(), region, surroundings, web);
    }

    private Found bought(String region, String account, String role, String token) throws IOException {
        String server = surroundings
                .value("AWS_ENDPOINT_URL_SSO")
                .orElseGet(() -> "https://portal.sso." + region + "."
                        + Region.of(region).metadata().partition().dnsSuffix());
        URI uri = URI.create(server.replaceFirst("/$", "") + "/federation/credentials?account_id="
                + URLEncoder.encode(account, UTF_8) + "&role_name=" + URLEncoder.encode(role, UTF_8));
        Web.Answer answer = web.get(uri, Map.of("x-amz-sso_bearer_token", token));
        if (answer.status() != 200) {
            throw new IOException("SSO refuses role " + role + " of account " + account + " with status "
                    + answer.status() + "; run aws sso login --profile " + profile.name());
        }
        JsonNode keys = JsonKeys.object(answer.body())
                .field("roleCredentials")
                .filter(JsonNode::isObject)
                .orElseThrow(() -> new IOException("SSO's answer has no roleCredentials"));
        return Found.of(
                JsonKeys.needed(keys, "accessKeyId"),
                JsonKeys.needed(keys, "secretAccessKey"),
                JsonKeys.text(keys, "sessionToken").orElse(""),
                expiry(keys));
    }

    private static Optional<Instant> expiry(JsonNode keys) throws IOException {
        try {
            return keys.field("expiration")
                    .filter(JsonNode::isNumber)
                    .map(millis -> Instant.ofEpochMilli(Long.parseLong(millis.asNumber())));
        } catch (DateTimeException | NumberFormatException e) {
            throw new IOException("SSO's answer has an expiration that is no time", e);
        }
    }

    private static String sha1(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(text.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }
}
