package org.s3ds.s3.credentials;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;

/** The places that keys may come from: a home with files, an environment, and a server that is each that is asked. */
abstract class Places {
    static final String ROLE = "arn:aws:iam::123456789012:role/name";

    @TempDir
    Path home;

    KeyServer server;
    final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void aHomeWithoutAnInstance() throws IOException {
        server = new KeyServer();
        Files.createDirectories(home.resolve(".aws/sso/cache"));
        environment.put("HOME", home.toString());
        environment.put("AWS_ENDPOINT_URL_STS", server.address());
        environment.put("AWS_ENDPOINT_URL_SSO", server.address());
        environment.put("AWS_ENDPOINT_URL_SSO_OIDC", server.address());
        environment.put("AWS_EC2_METADATA_SERVICE_ENDPOINT", server.address());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    static Credentials credentials(Search search) {
        return new Credentials(search, Clock.systemUTC());
    }

    Search search(Map<String, String> given) {
        return new Search(
                given.getOrDefault("access", ""),
                given.getOrDefault("secret", ""),
                given.getOrDefault("session", ""),
                given.getOrDefault("profile", ""),
                given.getOrDefault("role", ""),
                given.getOrDefault("externalId", ""),
                Optional.ofNullable(given.get("endpoint")).map(server::uri),
                given.containsKey("anonymous"),
                "",
                environment,
                () -> Apache5HttpClient.builder().build());
    }

    void credentialsFile(String text) throws IOException {
        Files.writeString(home.resolve(".aws/credentials"), text);
    }

    void config(String text) throws IOException {
        Files.writeString(home.resolve(".aws/config"), text);
    }

    static String keys(Duration in) {
        return keys("AK", Instant.now().plus(in));
    }

    /** Keys as containers, instances and processes give them. */
    static String keys(String access, Instant until) {
        return "{\"Version\":1,\"AccessKeyId\":\"" + access
                + "\",\"SecretAccessKey\":\"SK\",\"Token\":\"T\",\"Expiration\":\"" + until + "\"}";
    }

    static String assumed(Duration in) {
        return assumed("TK", Instant.now().plus(in));
    }

    /** Keys as STS gives them. */
    static String assumed(String access, Instant until) {
        return "<AssumeRoleResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><AssumeRoleResult><Credentials>"
                + "<AccessKeyId>" + access + "</AccessKeyId><SecretAccessKey>TS</SecretAccessKey>"
                + "<SessionToken>TT</SessionToken><Expiration>" + until + "</Expiration>"
                + "</Credentials></AssumeRoleResult></AssumeRoleResponse>";
    }
}
