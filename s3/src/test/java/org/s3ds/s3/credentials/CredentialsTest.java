package org.s3ds.s3.credentials;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;

/** Every place that keys may come from, each with a real file, environment or server. */
class CredentialsTest extends Places {
    @Test
    void theSpecComesFirstThenTheEnvironment() {
        Search given = search(Map.of("access", "AK", "secret", "SK", "session", "ST"));
        environment.putAll(Map.of("AWS_ACCESS_KEY_ID", "EK", "AWS_SECRET_ACCESS_KEY", "ES"));
        assertFound("the spec", AwsSessionCredentials.create("AK", "SK", "ST"), given);
        assertFound("the environment", AwsBasicCredentials.create("EK", "ES"), search(Map.of()));
        environment.put("AWS_SESSION_TOKEN", "ET");
        assertFound("the environment", AwsSessionCredentials.create("EK", "ES", "ET"), search(Map.of()));
        environment.remove("AWS_SECRET_ACCESS_KEY");
        assertFails("only one of AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY is set", search(Map.of()));
    }

    @Test
    void theEnvironmentsKeysComeBeforeAWebIdentity() throws IOException {
        environment.put(
                "AWS_WEB_IDENTITY_TOKEN_FILE",
                Files.writeString(home.resolve("token"), "t").toString());
        environment.put("AWS_ROLE_ARN", ROLE);
        environment.putAll(Map.of("AWS_ACCESS_KEY_ID", "EK", "AWS_SECRET_ACCESS_KEY", "ES"));
        assertFound("the environment", AwsBasicCredentials.create("EK", "ES"), search(Map.of()));
        assertEquals(List.of(), server.requests());
    }

    @Test
    void aWebIdentityIsARoleForATokenThatIsReadEachTime() throws IOException {
        Path token = Files.writeString(home.resolve("token"), "first\n");
        environment.put("AWS_WEB_IDENTITY_TOKEN_FILE", token.toString());
        environment.put("AWS_ROLE_ARN", ROLE);
        server.answer("/", 200, assumed(Duration.ofHours(1)));
        Credentials credentials = credentials(search(Map.of()));
        assertEquals("web identity role " + ROLE, source(credentials.found()));
        Files.writeString(token, "second");
        assertTrue(credentials.refresh());
        credentials.resolveCredentials();
        assertEquals(2, server.requests().size());
        String body = server.requests().getLast().body();
        assertTrue(body.contains("Action=AssumeRoleWithWebIdentity") && body.contains("WebIdentityToken=second"), body);
        assertFalse(server.requests().getLast().headers().containsKey("authorization"));
    }

    @Test
    void aTokenWithoutARoleIsNotPassedOver() {
        environment.put("AWS_WEB_IDENTITY_TOKEN_FILE", "/token");
        assertFails("set AWS_ROLE_ARN, or neither", search(Map.of("anonymous", "true")));
    }

    @Test
    void aProfileHoldsKeys() throws IOException {
        credentialsFile("""
                [default]
                aws_access_key_id = PK
                aws_secret_access_key = PS
                [work]
                aws_access_key_id = WK
                aws_secret_access_key = WS
                aws_session_token = WT
                """);
        assertFound("profile \"default\"", AwsBasicCredentials.create("PK", "PS"), search(Map.of()));
        assertFound(
                "profile \"work\"", AwsSessionCredentials.create("WK", "WS", "WT"), search(Map.of("profile", "work")));
        environment.put("AWS_PROFILE", "work");
        assertFound("profile \"work\"", AwsSessionCredentials.create("WK", "WS", "WT"), search(Map.of()));
        assertFails("there is no profile \"play\"", search(Map.of("profile", "play")));
    }

    @Test
    void aProfilesRoleIsAssumedWithTheKeysOfAnother() throws IOException {
        credentialsFile("[base]\naws_access_key_id = BASE\naws_secret_access_key = BS\n");
        config("[profile work]\nrole_arn = " + ROLE
                + "\nsource_profile = base\nexternal_id = us\nregion = eu-west-1\n");
        server.answer("/", 200, assumed(Duration.ofHours(1)));
        assertFound(
                "profile \"work\"", AwsSessionCredentials.create("TK", "TS", "TT"), search(Map.of("profile", "work")));
        KeyServer.Request request = server.requests().getFirst();
        assertTrue(
                request.body().contains("Action=AssumeRole&") && request.body().contains("ExternalId=us"),
                request::body);
        String signed = request.headers().getOrDefault("authorization", "");
        assertTrue(signed.contains("Credential=BASE/") && signed.contains("/eu-west-1/sts/aws4_request"), signed);
        server.answer(
                "/",
                403,
                "<ErrorResponse><Error><Code>AccessDenied</Code><Message>no</Message></Error></ErrorResponse>");
        assertFails(
                "the profile \"work\" gave no keys: the role " + ROLE
                        + " could not be assumed at 127.0.0.1: status 403 AccessDenied no",
                search(Map.of("profile", "work")));
    }

    @Test
    void profilesThatLeadNowhereAreNamed() throws IOException {
        config("[profile a]\nrole_arn = " + ROLE + "\nsource_profile = b\n"
                + "[profile b]\nrole_arn = " + ROLE + "\nsource_profile = a\n"
                + "[profile c]\nrole_arn = " + ROLE + "\ncredential_source = Moon\n"
                + "[profile d]\nregion = r\n"
                + "[profile e]\nrole_arn = " + ROLE + "\nsource_profile = a\nmfa_serial = m\n");
        assertFails("leads back to itself", search(Map.of("profile", "a")));
        assertFails("its credential_source is \"Moon\"; allowed: Environment, ", search(Map.of("profile", "c")));
        assertFails("the profile \"d\" gave no keys: it has no keys, nor says", search(Map.of("profile", "d")));
        assertFails("mfa_serial", search(Map.of("profile", "e")));
    }

    @Test
    void aProfileMayBeALoginBySso() throws IOException {
        config("""
                [sso-session corp]
                sso_region = eu-west-1
                sso_start_url = https://corp.test/start
                [profile work]
                sso_session = corp
                sso_account_id = 123456789012
                sso_role_name = Reader
                """);
        assertFails("nobody is logged in by SSO; run aws sso login --profile work", search(Map.of("profile", "work")));
        // the SHA-1 of "corp"
        Path login = home.resolve(".aws/sso/cache/ee0bfd2552fbd840c02cc48b6e823320543c450f.json");
        Files.writeString(login, "{\"accessToken\":\"hidden\",\"expiresAt\":\"2099-01-01T00:00:00Z\"}");
        server.answer(
                "/federation/credentials",
                200,
                "{\"roleCredentials\":{\"accessKeyId\":\"SK\",\"secretAccessKey\":\"SS\",\"sessionToken\":\"ST\","
                        + "\"expiration\":4070908800000}}");
        Found found = credentials(search(Map.of("profile", "work"))).found();
        assertEquals(AwsSessionCredentials.create("SK", "SS", "ST"), found.keys());
        assertEquals(Optional.of(Instant.parse("2099-01-01T00:00:00Z")), found.expires());
        KeyServer.Request request = server.requests().getLast();
        assertTrue(
                request.uri().contains("account_id=123456789012")
                        && request.uri().contains("role_name=Reader"),
                request::uri);
        assertEquals("hidden", request.headers().get("x-amz-sso_bearer_token"));
        Files.writeString(login, "{\"accessToken\":\"hidden\",\"expiresAt\":\"2020-01-01T00:00:00UTC\"}");
        assertFails("the login by SSO has expired; run aws sso login", search(Map.of("profile", "work")));
    }

    @Test
    void aProfileMayNameAProgram() throws IOException {
        config("[default]\ncredential_process = echo '{\"Version\":1,\"AccessKeyId\":\"CK\",\"SecretAccessKey\":\"CS\","
                + "\"SessionToken\":\"CT\",\"Expiration\":\"2099-01-01T00:00:00Z\"}'\n"
                + "[profile broken]\ncredential_process = echo hidden; exit 3\n");
        environment.put("PATH", "/bin:/usr/bin");
        Found found = credentials(search(Map.of())).found();
        assertEquals(AwsSessionCredentials.create("CK", "CS", "CT"), found.keys());
        assertEquals("profile \"default\", until 2099-01-01T00:00:00Z", found.toString());
        assertFails(
                "the profile \"broken\" gave no keys: its credential_process ended with status 3",
                search(Map.of("profile", "broken")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "no json", "{\"AccessKeyId\":\"AK\",\"SecretAccessKey\":\"\"}", "[1]"})
    void anEndpointsAnswerWithoutKeysIsAFailureThatNamesIt(String text) {
        server.answer("/keys", 200, text);
        assertFails(
                "credentialsEndpoint " + server.uri("/keys") + " gave no keys: its answer ",
                search(Map.of("endpoint", "/keys")));
    }

    @Test
    void aContainersEndpointGetsItsTokenFromAFile() throws IOException {
        server.answer("/container", 200, keys(Duration.ofHours(1)));
        Path token = Files.writeString(home.resolve("token"), "secret\n");
        environment.put(
                "AWS_CONTAINER_CREDENTIALS_FULL_URI", server.uri("/container").toString());
        environment.put("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", token.toString());
        assertFound(
                "credentials endpoint " + server.uri("/container"),
                AwsSessionCredentials.create("AK", "SK", "T"),
                search(Map.of()));
        assertEquals("secret", server.requests().getFirst().headers().get("authorization"));
        environment.put("AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://example.test/keys");
        assertFails("neither https nor on this machine", search(Map.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://me:hidden@[bad", "ho st", "ftp://127.0.0.1/x", "/v2/keys", "//h/x", "localhost:1"})
    void aVariableThatIsNoAddressIsNamed(String text) {
        String sentence = " of the environment is \"" + text.replace("me:hidden", "***")
                + "\"; allowed: http:// or https://, a host, a port, a path";
        environment.put("AWS_ENDPOINT_URL_STS", text);
        assertFails("AWS_ENDPOINT_URL_STS" + sentence, search(Map.of("access", "AK", "secret", "SK", "role", ROLE)));
        environment.put("AWS_CONTAINER_CREDENTIALS_FULL_URI", text);
        assertFails("AWS_CONTAINER_CREDENTIALS_FULL_URI" + sentence, search(Map.of()));
        environment.put("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "/a b");
        assertFails("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI of the environment is \"/a b\"", search(Map.of()));
    }

    @Test
    void anInstanceIsAskedInVersionTwoAndLast() {
        server.answer("/latest/api/token", 200, "TOKEN");
        server.answer("/latest/meta-data/iam/security-credentials/", 200, "node");
        server.answer("/latest/meta-data/iam/security-credentials/node", 200, keys(Duration.ofHours(6)));
        assertFound("instance metadata role node", AwsSessionCredentials.create("AK", "SK", "T"), search(Map.of()));
        assertEquals("PUT", server.requests().getFirst().method());
        assertEquals("TOKEN", server.requests().getLast().headers().get("x-aws-ec2-metadata-token"));
        server.answer("/latest/meta-data/iam/security-credentials/", 500, "<html>");
        assertFails("the instance's metadata does not name its role: status 500", search(Map.of()));
        environment.put("AWS_EC2_METADATA_DISABLED", "true");
        assertFails("no credentials were found; set \"accessKey\"", search(Map.of()));
    }

    @Test
    void whereThereIsNoInstanceNoTimeIsLost() {
        environment.put("AWS_EC2_METADATA_SERVICE_ENDPOINT", "http://192.0.2.1"); // reserved, and answered by nobody
        long start = System.nanoTime();
        assertFails("no credentials were found", search(Map.of()));
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        assertTrue(took.compareTo(Duration.ofSeconds(10)) < 0, "took " + took);
    }

    @Test
    void nobodyIsAnonymousUnasked() {
        Found found = credentials(search(Map.of("anonymous", "true"))).found();
        assertEquals("anonymous", found.toString());
        assertFails("no credentials were found", search(Map.of()));
    }

    @Test
    void aRoleOfTheSpecIsAssumedWithWhatWasFound() {
        server.answer("/", 200, assumed(Duration.ofHours(1)));
        Found found = credentials(search(Map.of("access", "AK", "secret", "SK", "role", ROLE, "externalId", "us")))
                .found();
        assertEquals(AwsSessionCredentials.create("TK", "TS", "TT"), found.keys());
        assertEquals("the spec as role " + ROLE, source(found));
        assertTrue(server.requests().getFirst().body().contains("ExternalId=us"));
    }

    @Test
    void keysAreKeptUntilTwoMinutesBeforeTheyExpire() {
        SettableClock clock = new SettableClock(Instant.now());
        server.answer("/keys", 200, keys(Duration.ofHours(1)));
        Credentials credentials = new Credentials(search(Map.of("endpoint", "/keys")), clock);
        assertEquals(0, server.requests().size());
        credentials.resolveCredentials();
        clock.pass(Duration.ofMinutes(57));
        credentials.resolveCredentials();
        assertEquals(1, server.requests().size());
        clock.pass(Duration.ofMinutes(2));
        credentials.resolveCredentials();
        assertEquals(2, server.requests().size());
    }

    @Test
    void keysThatSoonExpireAreNotLookedForAtEachRequest() {
        SettableClock clock = new SettableClock(Instant.now());
        server.answer("/keys", 200, keys(Duration.ofMinutes(1)));
        Credentials credentials = new Credentials(search(Map.of("endpoint", "/keys")), clock);
        credentials.resolveCredentials();
        clock.pass(Duration.ofSeconds(9));
        credentials.resolveCredentials();
        assertEquals(1, server.requests().size());
        clock.pass(Duration.ofSeconds(2));
        credentials.resolveCredentials();
        assertEquals(2, server.requests().size());
    }

    @Test
    void oldKeysDoWhileTheyAreGoodAndNewOnesAreNotToBeHad() {
        SettableClock clock = new SettableClock(Instant.now());
        server.answer("/keys", 200, keys(Duration.ofHours(1)));
        Credentials credentials = new Credentials(search(Map.of("endpoint", "/keys")), clock);
        credentials.resolveCredentials();
        server.answer("/keys", 500, "");
        clock.pass(Duration.ofMinutes(59));
        credentials.resolveCredentials();
        clock.pass(Duration.ofSeconds(5));
        credentials.resolveCredentials();
        assertEquals(2, server.requests().size(), "asked again too soon");
        clock.pass(Duration.ofMinutes(1));
        assertThrows(CredentialsException.class, credentials::resolveCredentials);
        server.answer("/keys", 200, keys(Duration.ofHours(2)));
        credentials.resolveCredentials();
    }

    @Test
    void fixedKeysCannotBeRenewed() {
        Credentials credentials = credentials(search(Map.of("access", "AK", "secret", "SK")));
        credentials.resolveCredentials();
        assertFalse(credentials.refresh());
    }

    @Test
    void twoSetsOfKeysAreAWarning() {
        environment.put("AWS_WEB_IDENTITY_TOKEN_FILE", "/token");
        List<String> warnings =
                credentials(search(Map.of("access", "AK", "secret", "SK"))).warnings();
        assertEquals(1, warnings.size());
        assertTrue(
                warnings.getFirst().startsWith("accessKey of the spec and AWS_WEB_IDENTITY_TOKEN_FILE are both set"));
    }

    @Test
    void nothingSecretIsShown() {
        Search search = search(Map.of("access", "AK", "secret", "hidden1", "session", "hidden2"));
        Credentials credentials = credentials(search);
        String all = search + " " + credentials + " " + credentials.found();
        assertFalse(all.contains("hidden"), all);
    }

    private static String source(Found found) {
        return found.toString().replaceFirst(", until .*", "");
    }

    private void assertFound(String source, Object keys, Search search) {
        Found found = credentials(search).found();
        // an expiration that only some sources know is not compared
        assertEquals(source, source(found));
        assertEquals(keys, found.keys());
    }

    private void assertFails(String part, Search search) {
        String message =
                String.valueOf(assertThrows(CredentialsException.class, credentials(search)::resolveCredentials)
                        .getMessage());
        assertTrue(message.contains(part), message);
        assertFalse(message.contains("hidden"), message);
    }
}
