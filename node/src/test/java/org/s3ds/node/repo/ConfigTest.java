package org.s3ds.node.repo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ConfigTest {
    @Test
    void kubosConfigComesBackByteForByte() throws Exception {
        assertEquals(kuboText(), kubo().toJson());
    }

    @Test
    void aChangeTouchesOneLine() throws Exception {
        String changed = kubo().with("Datastore.StorageMax", "20GB").toJson();
        assertEquals(kuboText().replace("\"10GB\"", "\"20GB\""), changed);
    }

    @Test
    void whatIsNotUnderstoodSurvives() throws Exception {
        Config config = parse("{\"Mine\":{\"x\":1.50},\"Datastore\":{\"StorageMax\":\"10GB\",\"Later\":[1]}}");
        assertEquals(
                "{\"Mine\":{\"x\":1.50},\"Datastore\":{\"StorageMax\":\"1GB\",\"Later\":[1]}}",
                Json.compact(config.with("Datastore.StorageMax", "1GB").root()));
    }

    @Test
    void aNewKeyGoesToItsPlaceInKubosSequence() throws Exception {
        Config config = parse("{\"Datastore\":{\"StorageMax\":\"1GB\",\"HashOnRead\":false},\"Swarm\":{}}");
        assertEquals(
                "{\"Datastore\":{\"StorageMax\":\"1GB\",\"GCPeriod\":\"2h\",\"HashOnRead\":false},"
                        + "\"Addresses\":{\"API\":\"/x\"},\"Swarm\":{}}",
                Json.compact(config.with("Datastore.GCPeriod", "2h")
                        .with("Addresses.API", "/x")
                        .root()));
    }

    @Test
    void getAnswersInKubosWords() throws Exception {
        assertEquals("10GB", kubo().get("Datastore.StorageMax"));
        assertConfigError("Nonsense not found", () -> kubo().get("Nonsense.Key"));
        assertConfigError("Datastore.Nonsense not found", () -> kubo().get("Datastore.Nonsense"));
        assertConfigError("Datastore.StorageMax key is not a map", () -> kubo().get("Datastore.StorageMax.x"));
    }

    @Test
    void mapsAreShownInByteOrder() throws Exception {
        assertEquals(
                List.of(
                        "BlockKeyCacheSize",
                        "BloomFilterSize",
                        "GCPeriod",
                        "HashOnRead",
                        "Spec",
                        "StorageGCWatermark",
                        "StorageMax"),
                List.copyOf(((Map<?, ?>) Objects.requireNonNull(kubo().get("Datastore"))).keySet()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Identity", "identity.privkey", "Identity.PrivKey"})
    void thePrivateKeyIsNeitherShownNorChanged(String key) {
        assertConfigError("cannot show or change private key through API", () -> kubo().get(key));
        assertConfigError("cannot show or change private key through API", () -> kubo().with(key, "x"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Pinning.RemoteServices", "Pinning.RemoteServices.a.API", "Pinning.RemoteServices.a.API.Key"})
    void keysOfPinningServicesAreNotShown(String key) {
        assertConfigError("cannot show or change pinning services credentials", () -> kubo().get(key));
    }

    @Test
    void theRestOfThePinningServicesIs() throws Exception {
        Config config = parse("{\"Pinning\":{\"RemoteServices\":{\"a\":{\"API\":{\"Endpoint\":\"http://e\"}}}}}");
        assertEquals("http://e", config.get("Pinning.RemoteServices.a.API.Endpoint"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Nonsense.Key|\"x\"|Nonsense.Key not found",
                "Datastore.Nonsense|1|Datastore.Nonsense not found",
                "Datastore.StorageMax.x|1|Datastore.StorageMax.x not found",
                "Datastore.StorageGCWatermark|\"x\"|Datastore.StorageGCWatermark must be a whole number, not the text \"x\"",
                "Datastore.StorageGCWatermark|1.5|Datastore.StorageGCWatermark must be a whole number, not the number 1.5",
                "Datastore.HashOnRead|[]|Datastore.HashOnRead must be true or false, not a list",
                "Datastore.Spec|{}|",
                "Datastore|3|Datastore must be an object, not 3",
                "Bootstrap|[\"a\",1]|Bootstrap must be a list of texts, not a list",
                "Addresses.API|[\"/a\",\"/b\"]|",
                "Addresses.API|{}|Addresses.API must be a text or a list of texts, not an object",
                "Gateway.NoFetch|null|",
                "Gateway.HTTPHeaders.X|[\"y\"]|",
                "Internal.Bitswap.TaskWorkerCount|8|",
            })
    void setTakesKubosKeysAndKindsOnly(String key, String json, String error) throws Exception {
        Object value = Json.parse(json.getBytes(StandardCharsets.UTF_8), "value");
        if (error == null) {
            assertEquals(Optional.ofNullable(value), kubo().with(key, value).find(key));
        } else {
            assertConfigError(error, () -> kubo().with(key, value));
        }
    }

    @Test
    void setMakesTheMapsOnItsWayButNotThroughAValue() throws Exception {
        assertEquals(Optional.of(1L), parse("{}").with("Internal.a.b", 1L).find("Internal.a.b"));
        assertEquals(
                Optional.of(1L),
                parse("{\"Internal\":null}").with("Internal.a", 1L).find("Internal.a"));
        assertConfigError(
                "Internal.a key is not a map",
                () -> parse("{\"Internal\":{\"a\":3}}").with("Internal.a.b", 1L));
    }

    @Test
    void showHidesEverySecret() throws Exception {
        Config config = parse("""
                {"Identity":{"PeerID":"p","PrivKey":"SECRET"},"Datastore":{"Spec":{"type":"mount","mounts":[
                {"type":"measure","child":{"type":"s3ds","accessKey":"","secretKey":"SECRET","sessionToken":"SECRET"}},
                {"type":"s3ds","secretKey":""}]}},
                "API":{"Authorizations":{"u":{"AuthSecret":"SECRET"}},"HTTPHeaders":{}},
                "AutoTLS":{"RegistrationToken":"SECRET"},
                "Pinning":{"RemoteServices":{"a":{"API":{"Endpoint":"e","Key":"SECRET"}}}}}""");

        String shown = Json.pretty(config.shown());

        assertFalse(shown.contains("SECRET"), shown);
        assertFalse(config.toString().contains("SECRET"));
        assertTrue(shown.contains("\"secretKey\": \"***\""), shown);
        assertTrue(shown.contains("\"secretKey\": \"\""), shown);
        assertTrue(shown.contains("\"Endpoint\": \"e\""), shown);
        assertTrue(shown.startsWith("{\n  \"API\": {\n    \"HTTPHeaders\": {}\n  },"), shown);
    }

    private static final String SECRETS = """
            {"Identity":{"PeerID":"p","PrivKey":"SECRET1"},"Datastore":{"Spec":{"type":"mount","mounts":[
            {"mountpoint":"/a","type":"measure","child":{"type":"s3ds","secretKey":"SECRET2","sessionToken":"SECRET3"}},
            {"mountpoint":"/b","type":"s3ds","secretKey":"SECRET4","SecretKey":"SECRET8",
            "proxy":"http://SECRET9:SECRET10@proxy:3128"}]}},
            "API":{"Authorizations":{"u":{"AuthSecret":"SECRET5"}}},
            "AutoTLS":{"RegistrationToken":"SECRET6"},
            "Pinning":{"RemoteServices":{"a":{"API":{"Endpoint":"e","Key":"SECRET7"}}}}}""";

    @Test
    void noPartOfTheConfigShowsASecret() throws Exception {
        Config config = parse(SECRETS);
        for (String key : List.of(
                "API", "API.Authorizations", "API.Authorizations.u.AuthSecret", "AutoTLS", "Pinning", "Datastore")) {
            String shown = Json.pretty(config.get(key));
            assertFalse(shown.contains("SECRET"), shown);
            assertTrue(shown.contains("***"), shown);
        }
        assertFalse(config.masked().contains("SECRET"), config.masked());
    }

    @Test
    void aClientOfADaemonNeitherSeesNorChangesSecretsOrWhoMayAsk() throws Exception {
        Config config = parse(SECRETS);
        assertEquals(Map.of(), config.getForClient("API"));
        for (String key : List.of("API.Authorizations", "api.authorizations.u", "API.Authorizations.u.AuthSecret")) {
            assertThrows(ConfigException.class, () -> config.getForClient(key));
        }
        config.with("Datastore.StorageMax", "1GB").requireSecretsOf(config);
        config.with("API.HTTPHeaders", Map.of()).requireSecretsOf(config);
        config.replacedBy(parse(Json.pretty(config.shown()))).requireSecretsOf(config);
        for (Config other : List.of(
                config.with("API.Authorizations.other", Map.of()),
                config.with("API.Authorizations", Map.of()),
                config.with("AutoTLS.RegistrationToken", "other"),
                parse(SECRETS.replace("SECRET4", "other")),
                parse(SECRETS.replace("SECRET2", "")),
                parse(SECRETS.replace("SECRET10@", "")))) {
            assertThrows(ConfigException.class, () -> other.requireSecretsOf(config));
        }
    }

    @Test
    void whatIsShownCanTakeThePlaceOfTheConfigAndLosesNoSecret() throws Exception {
        Config config = parse(SECRETS);
        assertEquals(config, config.replacedBy(parse(config.masked())));
        assertEquals(config, config.replacedBy(parse(Json.pretty(config.shown()))));
        assertEquals(config, config.replacedBy(config));
        assertEquals(config, config.with("Datastore", config.get("Datastore")));
        assertEquals(config, config.with("API", config.get("API")));
    }

    @Test
    void aMaskFollowsItsMountpoint() throws Exception {
        Config next = parse(SECRETS).replacedBy(parse("""
                {"Identity":{"PeerID":"p"},"Datastore":{"Spec":{"type":"mount","mounts":[
                {"mountpoint":"/b","type":"s3ds","secretKey":"***","accessKey":"new"}]}},
                "API":{"Authorizations":{}},
                "Pinning":{"RemoteServices":{"a":{"API":{"Endpoint":"e"}}}}}"""));
        String json = next.toJson();
        assertTrue(json.contains("\"secretKey\": \"SECRET4\""), json);
        assertTrue(json.contains("\"PrivKey\": \"SECRET1\""), json);
        assertTrue(json.contains("\"Key\": \"SECRET7\""), json);
        assertFalse(json.contains("SECRET5"), "what is written as empty is meant to be");
    }

    @Test
    void aMaskInAnAddressStandsForUserAndPasswordOfThatAddressAlone() throws Exception {
        Config config = parse(
                "{\"Datastore\":{\"Spec\":{\"proxy\":\"http://user:SECRET@proxy:3128\"}},\"Mine\":\"a://***@b\"}");
        assertEquals("http://***@proxy:3128", config.get("Datastore.Spec.proxy"));
        assertEquals(config, config.with("Datastore.Spec.proxy", "http://***@proxy:3128"));
        assertConfigError(
                "Datastore.Spec.proxy has ***, which stands for the secret that was there, and there was none",
                () -> config.with("Datastore.Spec.proxy", "http://***@thief:3128"));
    }

    @Test
    void aMaskWithoutASecretIsRefused() throws Exception {
        Config config = parse("{\"Datastore\":{\"Spec\":{\"type\":\"s3ds\",\"secretKey\":\"\"}}}");
        String sentence =
                "Datastore.Spec.secretKey is ***, which stands for the secret that was there, and there was none";
        assertConfigError(sentence, () -> config.with("Datastore.Spec.secretKey", "***"));
        assertConfigError(
                sentence,
                () -> config.replacedBy(parse("{\"Datastore\":{\"Spec\":{\"type\":\"s3ds\",\"secretKey\":\"***\"}}}")));
    }

    @Test
    void replaceSetsNoPrivateKeyAndNoPinningService() throws Exception {
        Config config = parse(SECRETS);
        assertConfigError(
                "setting private key with API is not supported",
                () -> config.replacedBy(parse(SECRETS.replace("SECRET1", "x"))));
        assertConfigError(
                "cannot add or remove remote pinning services with 'config replace'",
                () -> config.replacedBy(parse(SECRETS.replace("\"a\":{\"API", "\"b\":{\"API"))));
        assertConfigError(
                "cannot change remote pinning services api info with `config replace`",
                () -> config.replacedBy(parse(SECRETS.replace("\"e\"", "\"http://thief\""))));
        assertConfigError(
                "Datastore.StorageMax must be a text, not true",
                () -> config.replacedBy(parse(SECRETS.replace("\"Spec\"", "\"StorageMax\":true,\"Spec\""))));
    }

    @Test
    void errorsOfReadingNameTheFile(@TempDir Path repo) throws Exception {
        assertEquals(
                "ipfs not initialized, please run 'ipfs init'",
                assertThrows(RepoException.class, () -> Config.read(repo)).getMessage());
        Files.writeString(repo.resolve("config"), "{\n \"a\": }");
        String message = String.valueOf(
                assertThrows(JsonException.class, () -> Config.read(repo)).getMessage());
        String begin = "failure to decode config: " + repo.resolve("config") + ", line 2, column ";
        assertEquals(begin, message.substring(0, Math.min(begin.length(), message.length())));
        assertConfigError(
                "failure to decode config: c: a JSON object is expected", () -> Config.parse(new byte[] {'1'}, "c"));
    }

    static Config kubo() throws IOException {
        return parse(kuboText());
    }

    static String kuboText() throws IOException {
        try (InputStream in = Objects.requireNonNull(ConfigTest.class.getResourceAsStream("kubo-config.json"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static Config parse(String text) throws IOException {
        return Config.parse(text.getBytes(StandardCharsets.UTF_8), "c");
    }

    private static void assertConfigError(String message, Executable call) {
        assertEquals(message, assertThrows(ConfigException.class, call).getMessage());
    }
}
