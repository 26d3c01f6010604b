package org.s3ds.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.s3ds.datastore.SpecException;

class S3ConfigTest {
    @Test
    void theFourRequiredKeysAreEnough() throws SpecException {
        S3Config config = S3Config.parse(required());
        assertEquals("us-east-1", config.region());
        assertEquals("b", config.bucket());
        assertEquals("", config.rootDirectory());
        assertEquals(Optional.empty(), config.endpoint());
        assertEquals(100, config.workers());
        assertFalse(config.keys().areGiven());
        assertEquals(List.of(), config.warnings());
    }

    @Test
    void everyKeyIsRead() throws SpecException {
        Map<String, @Nullable Object> spec = new HashMap<>(required());
        spec.put("accessKey", "AK");
        spec.put("secretKey", "SK");
        spec.put("sessionToken", "ST");
        spec.put("regionEndpoint", "http://localhost:9000");
        spec.put("rootDirectory", "/some/path");
        spec.put("workers", 42.0);
        S3Config config = S3Config.parse(spec);
        assertEquals(new S3Keys("AK", "SK", "ST"), config.keys());
        assertEquals(Optional.of(URI.create("http://localhost:9000")), config.endpoint());
        assertEquals("/some/path", config.rootDirectory());
        assertEquals(42, config.workers());
    }

    @Test
    void theDiskSpecHoldsBucketRegionAndRootDirectoryAsSpelt() throws SpecException {
        assertEquals(
                Map.of("bucket", "b", "region", "us-east-1", "rootDirectory", ""),
                S3Config.parse(required()).diskSpec());
        assertEquals(
                "/a//b/",
                S3Config.parse(with("rootDirectory", "/a//b/")).diskSpec().get("rootDirectory"));
    }

    @Test
    void missingKeysAreNamedInTheOrderOfGoDsS3() {
        Map<String, @Nullable Object> spec = new HashMap<>();
        for (String key : List.of("region", "bucket", "accessKey", "secretKey")) {
            assertEquals("s3ds: no " + key + " specified", refused(spec));
            spec.put(key, 1L);
            assertEquals("s3ds: no " + key + " specified", refused(spec));
            spec.put(key, "");
        }
        for (String key : List.of("sessionToken", "regionEndpoint", "rootDirectory")) {
            spec.put(key, null);
            assertEquals("s3ds: " + key + " not a string", refused(spec));
            spec.put(key, "");
        }
        spec.put("workers", "4");
        assertEquals("s3ds: workers not a number", refused(spec));
        spec.put("workers", 4L);
        spec.put("credentialsEndpoint", true);
        assertEquals("s3ds: credentialsEndpoint not a string", refused(spec));
    }

    @ParameterizedTest
    @CsvSource({
        "0, s3ds: workers <= 0: 0.000000",
        "-1, s3ds: workers <= 0: -1.000000",
        "0.5, s3ds: workers <= 0: 0.500000",
        "1.5, s3ds: workers is not an integer: 1.500000",
        "1e9, workers is 1000000000; allowed: 1 to 65535"
    })
    void workersIsAWholeNumberFromOne(double workers, String text) {
        assertEquals(text, refused(with("workers", workers)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "../a", "a/..", "/a/../b"})
    void aRootDirectoryThatClimbsIsRefused(String root) {
        assertEquals(
                "s3ds: rootDirectory \"" + root + "\" has a component \"..\", which could lead out of the bucket;"
                        + " name the folder without it",
                refused(with("rootDirectory", root)));
    }

    @ParameterizedTest
    @ValueSource(strings = {".s3ds", "/.s3ds-doctor", ".s3ds/a"})
    void aRootDirectoryAmongWhatIsOursIsRefused(String root) {
        assertEquals(
                "s3ds: rootDirectory \"" + root
                        + "\" begins with .s3ds, where s3ds keeps what is its own and removes it;"
                        + " name another folder",
                refused(with("rootDirectory", root)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a..b", "...", "a/.b"})
    void dotsInsideANameAreNotClimbing(String root) throws SpecException {
        assertEquals(root, S3Config.parse(with("rootDirectory", root)).rootDirectory());
    }

    @Test
    void onlyTheDefaultKeyTransformIsTaken() throws SpecException {
        assertEquals(List.of(), S3Config.parse(with("keyTransform", "default")).warnings());
        assertEquals(
                "s3ds: keyTransform is \"suffix\", which gives objects other names; only \"default\" is supported",
                refused(with("keyTransform", "suffix")));
    }

    @ParameterizedTest
    @CsvSource({
        "localhost:9000, https://localhost:9000",
        "us-east-1.linodeobjects.com, https://us-east-1.linodeobjects.com",
        "http://[::1]:9000, http://[::1]:9000",
        "HTTP://localhost:9000, http://localhost:9000",
        "Https://s3.example.com/p, https://s3.example.com/p"
    })
    void anEndpointWithoutSchemeMeansHttpsAndCapitalsAreSmallLetters(String given, String meant) throws SpecException {
        assertEquals(
                Optional.of(URI.create(meant)),
                S3Config.parse(with("regionEndpoint", given)).endpoint());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "auto", "default", "garage", "fr-par", "eu2", "REGION_1", "cn-north-1"})
    void anyNameOfARegionIsTaken(String region) throws SpecException {
        assertEquals(region, S3Config.parse(with("region", region)).region());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://host", "http://", "ho st", "http:///path", "http://host:99999", "http://host/?a=b"})
    void anEndpointThatIsNoServerIsRefused(String given) {
        String text = refused(with("regionEndpoint", given));
        assertTrue(text.startsWith("regionEndpoint is \"" + given + "\"; allowed: http:// or https://, a host"), text);
    }

    @ParameterizedTest
    @CsvSource({
        "regionEndpint, regionEndpoint",
        "endpoint, regionEndpoint",
        "Bucket, bucket",
        "secret, secretKey",
        "accesskey, accessKey",
        "root_directory, rootDirectory",
        "worker, workers"
    })
    void aMisspeltKeyIsReportedWithTheNearestKnownOne(String found, String meant) throws SpecException {
        String sentence = "unknown key \"" + found + "\"; did you mean \"" + meant + "\"?";
        assertEquals(List.of(sentence), S3Config.parse(with(found, "x")).warnings());
        assertEquals(
                "s3ds: " + sentence,
                assertThrows(SpecException.class, () -> new S3StoreType().parseStrictly(with(found, "x")))
                        .getMessage());
    }

    @Test
    void aKeyThatIsLikeNoneGetsTheList() throws SpecException {
        String warning = S3Config.parse(with("colour", "x")).warnings().getFirst();
        assertTrue(warning.startsWith("unknown key \"colour\"; known are region, bucket, "), warning);
    }

    @Test
    void whatAMountAddsIsNotUnknown() throws SpecException {
        Map<String, @Nullable Object> spec = new HashMap<>(required());
        spec.putAll(Map.of("type", "s3ds", "mountpoint", "/blocks", "prefix", "s3.datastore"));
        assertEquals(List.of(), new S3StoreType().parseStrictly(spec).warnings());
    }

    @Test
    void oneKeyWithoutTheOtherIsAWarning() throws SpecException {
        S3Config config = S3Config.parse(with("accessKey", "AK"));
        assertFalse(config.keys().areGiven());
        assertEquals(1, config.warnings().size());
    }

    @Test
    void secretsPrintAsStars() throws SpecException {
        Map<String, @Nullable Object> spec = new HashMap<>(required());
        spec.putAll(Map.of("accessKey", "AK", "secretKey", "hidden1", "sessionToken", "hidden2"));
        String printed = S3Config.parse(spec).toString();
        assertFalse(printed.contains("hidden"), printed);
        assertTrue(printed.contains("S3Keys[access=AK, secret=***, session=***]"), printed);
    }

    private static Map<String, @Nullable Object> required() {
        Map<String, @Nullable Object> spec = new HashMap<>();
        spec.put("type", "s3ds");
        spec.put("region", "us-east-1");
        spec.put("bucket", "b");
        spec.put("accessKey", "");
        spec.put("secretKey", "");
        return spec;
    }

    private static Map<String, @Nullable Object> with(String key, Object value) {
        Map<String, @Nullable Object> spec = required();
        spec.put(key, value);
        return spec;
    }

    private static String refused(Map<String, @Nullable Object> spec) {
        return String.valueOf(
                assertThrows(SpecException.class, () -> S3Config.parse(spec)).getMessage());
    }
}
