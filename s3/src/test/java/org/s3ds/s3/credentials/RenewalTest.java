package org.s3ds.s3.credentials;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;

/** Keys that expire, and what they are had for that expires: each is read anew in time, wherever it came from. */
class RenewalTest extends Places {
    private final SettableClock clock = new SettableClock(Instant.parse("2030-01-01T00:00:00Z"));

    /** Where keys that expire come from. */
    enum Place {
        WEB_IDENTITY,
        ROLE_OF_THE_SPEC,
        ROLE_OF_A_PROFILE,
        ROLE_WITH_KEYS_OF_A_CONTAINER,
        WEB_IDENTITY_OF_A_PROFILE,
        LOGIN_BY_SSO,
        PROCESS,
        CREDENTIALS_ENDPOINT,
        CONTAINER,
        INSTANCE
    }

    private Search search(Place place) throws IOException {
        Path token = Files.writeString(home.resolve("token"), "token");
        credentialsFile("[base]\naws_access_key_id = BASE\naws_secret_access_key = BS\n");
        String role = "[profile work]\nrole_arn = " + ROLE + "\n";
        return switch (place) {
            case WEB_IDENTITY -> {
                environment.put("AWS_WEB_IDENTITY_TOKEN_FILE", token.toString());
                environment.put("AWS_ROLE_ARN", ROLE);
                yield search(Map.of());
            }
            case ROLE_OF_THE_SPEC -> search(Map.of("access", "AK", "secret", "SK", "role", ROLE));
            case ROLE_OF_A_PROFILE -> profile(role + "source_profile = base\n");
            case ROLE_WITH_KEYS_OF_A_CONTAINER -> {
                environment.put("AWS_CONTAINER_CREDENTIALS_FULL_URI", server.address() + "/keys");
                yield profile(role + "credential_source = EcsContainer\n");
            }
            case WEB_IDENTITY_OF_A_PROFILE -> profile(role + "web_identity_token_file = " + token + "\n");
            case LOGIN_BY_SSO -> {
                login("2031-01-01T00:00:00Z", "2031-01-01T00:00:00Z");
                yield bySso();
            }
            case PROCESS -> {
                environment.put("PATH", "/bin:/usr/bin");
                yield profile("[profile work]\ncredential_process = cat " + home.resolve("keys.json") + "\n");
            }
            case CREDENTIALS_ENDPOINT -> search(Map.of("endpoint", "/keys"));
            case CONTAINER -> {
                environment.put("AWS_CONTAINER_CREDENTIALS_FULL_URI", server.address() + "/keys");
                yield search(Map.of());
            }
            case INSTANCE -> {
                server.answer("/latest/api/token", 200, "TOKEN");
                server.answer("/latest/meta-data/iam/security-credentials/", 200, "node");
                yield search(Map.of());
            }
        };
    }

    private Search profile(String text) throws IOException {
        config(text);
        return search(Map.of("profile", "work"));
    }

    private Search bySso() throws IOException {
        return profile("""
                [sso-session corp]
                sso_region = eu-west-1
                sso_start_url = https://corp.test/start
                [profile work]
                sso_session = corp
                sso_account_id = 123456789012
                sso_role_name = Reader
                """);
    }

    /** All of them give these keys for an hour. */
    private void handOut(String access) throws IOException {
        Instant until = clock.instant().plus(Duration.ofHours(1));
        String json = keys(access, until);
        Files.writeString(home.resolve("keys.json"), json);
        server.answer("/", 200, assumed(access, until));
        server.answer("/keys", 200, json);
        server.answer("/latest/meta-data/iam/security-credentials/node", 200, json);
        server.answer(
                "/federation/credentials",
                200,
                "{\"roleCredentials\":{\"accessKeyId\":\"" + access
                        + "\",\"secretAccessKey\":\"SS\",\"sessionToken\":\"ST\"," + "\"expiration\":"
                        + until.toEpochMilli() + "}}");
    }

    @ParameterizedTest
    @EnumSource
    void keysAreReadAnewTwoMinutesBeforeTheyExpire(Place place) throws IOException {
        Credentials credentials = new Credentials(search(place), clock);
        handOut("first");
        assertEquals("first", credentials.resolveCredentials().accessKeyId());
        handOut("second");
        clock.pass(Duration.ofMinutes(57));
        assertEquals("first", credentials.resolveCredentials().accessKeyId());
        clock.pass(Duration.ofMinutes(2));
        assertEquals("second", credentials.resolveCredentials().accessKeyId());
    }

    /** The SHA-1 of "corp" is the file's name. */
    private Path loginFile() {
        return home.resolve(".aws/sso/cache/ee0bfd2552fbd840c02cc48b6e823320543c450f.json");
    }

    private void login(String until, String registeredUntil) throws IOException {
        Files.writeString(loginFile(), """
                {"startUrl": "https://corp.test/start", "region": "eu-west-1", "accessToken": "hidden1",
                 "expiresAt": "%s", "clientId": "client", "clientSecret": "hidden2",
                 "registrationExpiresAt": "%s", "refreshToken": "hidden3"}""".formatted(until, registeredUntil));
    }

    @Test
    void aLoginBySsoThatHasExpiredIsRenewedAndKept() throws IOException {
        login("2029-12-31T23:59:59Z", "2030-02-01T00:00:00Z");
        handOut("AK");
        server.answer("/token", 200, "{\"accessToken\":\"hidden4\",\"expiresIn\":3600,\"refreshToken\":\"hidden5\"}");
        assertEquals("AK", new Credentials(bySso(), clock).resolveCredentials().accessKeyId());
        KeyServer.Request asked = server.requests().getFirst();
        assertEquals(
                "POST /token application/json",
                asked.method() + " " + asked.uri() + " " + asked.headers().get("content-type"));
        assertEquals(
                JsonNode.parser()
                        .parse("{\"grantType\":\"refresh_token\",\"clientId\":\"client\","
                                + "\"clientSecret\":\"hidden2\",\"refreshToken\":\"hidden3\"}"),
                JsonNode.parser().parse(asked.body()));
        assertEquals("hidden4", server.requests().getLast().headers().get("x-amz-sso_bearer_token"));
        assertEquals(JsonNode.parser().parse("""
                        {"startUrl": "https://corp.test/start", "region": "eu-west-1", "accessToken": "hidden4",
                         "expiresAt": "2030-01-01T01:00:00Z", "clientId": "client", "clientSecret": "hidden2",
                         "registrationExpiresAt": "2030-02-01T00:00:00Z", "refreshToken": "hidden5"}"""), JsonNode.parser().parse(Files.readString(loginFile())));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(loginFile())));
        try (Stream<Path> files = Files.list(home.resolve(".aws/sso/cache"))) {
            assertEquals(1, files.count());
        }
    }

    @Test
    void aLoginBySsoThatCannotBeRenewedSaysToLogInAgain() throws IOException {
        login("2029-12-31T23:59:59Z", "2030-02-01T00:00:00Z");
        server.answer("/token", 400, "{\"error\":\"invalid_grant\",\"error_description\":\"hidden\"}");
        assertFails("the login by SSO has expired, and is not renewed: status 400; run aws sso login --profile work");
        login("2029-12-31T23:59:59Z", "2029-12-31T23:59:59Z");
        assertFails("the login by SSO has expired; run aws sso login --profile work");
        assertEquals(1, server.requests().size(), "a registration that has expired is not used");
    }

    private void assertFails(String end) throws IOException {
        String message = String.valueOf(
                assertThrows(CredentialsException.class, new Credentials(bySso(), clock)::resolveCredentials)
                        .getMessage());
        assertTrue(message.endsWith(end), message);
        assertFalse(message.contains("hidden"), message);
    }

    @Test
    void theTokenForAContainersEndpointIsReadEachTime() throws IOException {
        Path file = home.resolve("token");
        environment.put("AWS_CONTAINER_CREDENTIALS_FULL_URI", server.address() + "/keys");
        environment.put("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", file.toString());
        Credentials credentials = new Credentials(search(Map.of()), clock);
        for (String token : new String[] {"one", "two"}) {
            Files.writeString(file, token + "\n");
            handOut("AK");
            assertEquals("AK", credentials.resolveCredentials().accessKeyId());
            assertEquals(token, server.requests().getLast().headers().get("authorization"));
            clock.pass(Duration.ofHours(1));
        }
        Files.delete(file);
        String message = String.valueOf(assertThrows(CredentialsException.class, credentials::resolveCredentials)
                .getMessage());
        assertEquals(
                "the file " + file + " of AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE cannot be read: NoSuchFileException",
                message);
    }

    @Test
    void aPathIsAskedForAtTheContainersHost() throws IOException {
        handOut("AK");
        environment.put("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "/keys");
        environment.put("AWS_CONTAINER_CREDENTIALS_FULL_URI", server.address() + "/elsewhere");
        Surroundings surroundings = new Surroundings(environment, clock);
        Found found = new EndpointKeys(Optional.empty(), server.address(), surroundings, Web.nearby())
                .find()
                .orElseThrow();
        assertEquals("AK", found.keys().accessKeyId());
        assertEquals(Optional.of(Instant.parse("2030-01-01T01:00:00Z")), found.expires());
        assertEquals("http://169.254.170.2", new EndpointKeys(Optional.empty(), surroundings, Web.nearby()).host());
    }
}
