package org.s3ds.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.s3ds.datastore.SpecException;

/** Every key of a spec: its line in the document, what it takes, and what it does not take beside another. */
class SpecKeyTest {
    private static final String HEADING = "## Keys of `s3ds`";

    @Test
    void theDocumentHasTheTableOfTheCode() throws IOException {
        String document = Files.readString(Path.of("..", "docs", "configuration.md"));
        int start = document.indexOf(HEADING);
        assertTrue(start > 0, HEADING);
        List<String> lines = document.substring(start)
                .lines()
                .skip(1)
                .takeWhile(line -> !line.startsWith("## "))
                .filter(line -> line.startsWith("| `"))
                .toList();
        assertEquals(Arrays.stream(SpecKey.values()).map(SpecKeyTest::line).toList(), lines);
    }

    private static String line(SpecKey key) {
        return "| `%s` | %s | %s | %s | %s |"
                .formatted(key.key(), key.kind(), key.standard(), key.allowed(), key.meaning());
    }

    @ParameterizedTest
    @EnumSource
    void aValueOfAnotherKindIsRefusedWithTheKeysName(SpecKey key) {
        Object wrong = key.kind() == SpecKey.Kind.NUMBER ? "many" : 17L;
        String message = refused(Map.of(key.key(), wrong));
        assertTrue(message.contains(key.key()), message);
        if (!message.startsWith("s3ds: ")) {
            assertTrue(
                    message.startsWith(key + " is " + (wrong.equals(17L) ? "17" : "\"many\"") + "; allowed: "),
                    message);
        }
    }

    @ParameterizedTest
    @EnumSource
    void nullIsNoValue(SpecKey key) {
        Map<String, @Nullable Object> spec = new HashMap<>();
        spec.put(key.key(), null);
        String message = refused(spec);
        assertTrue(message.startsWith(key + " is null; allowed: ") || message.startsWith("s3ds: "), message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            pathStyle           | yes           | pathStyle is "yes"; allowed: true, false, "auto"
            pathStyle           | true          | pathStyle is "true"; allowed: true, false, "auto"
            sse                 | aes           | sse is "aes"; allowed: "none", "s3", "kms", "c"
            storageClass        | standard      | storageClass is "standard"; allowed: capitals, digits and underscores
            acl                 | public        | acl is "public"; allowed: "private", "public-read", "public-read-write", "authenticated-read", "aws-exec-read", "bucket-owner-read", "bucket-owner-full-control"
            checksum            | crc32         | checksum is "crc32"; allowed: "none", "md5", "sha256"
            payloadSigning      | none          | payloadSigning is "none"; allowed: "digest", "unsigned"
            acl                 | private", "public-read | acl is "private", "public-read"; allowed: "private", "public-read", "public-read-write", "authenticated-read", "aws-exec-read", "bucket-owner-read", "bucket-owner-full-control"
            bucket              | good/h        | bucket is "good/h"; allowed: a bucket's name, without spaces or "/"; a folder in it is rootDirectory
            region              | us east       | region is "us east"; allowed: a region's name, without spaces or "/"; a server is regionEndpoint
            region              | ' '           | region is " "; allowed: a region's name, without spaces or "/"; a server is regionEndpoint
            region              | http://h      | region is "http://h"; allowed: a region's name, without spaces or "/"; a server is regionEndpoint
            regionEndpoint      | http://my_minio:9000 | regionEndpoint is "http://my_minio:9000"; allowed: a host's name without "_", which Java does not take; give the server a second name, as with "hostname" or an alias in docker compose
            regionEndpoint      | ' http://h:9000' | regionEndpoint is " http://h:9000"; allowed: http:// or https://, a host, a port, a path; without a scheme https is meant; no blanks before or behind it
            access              | mine          | access is "mine"; allowed: "exclusive", "shared", "read-only"
            bucket              | ''            | bucket is ""; allowed: a bucket's name, without spaces or "/"; a folder in it is rootDirectory
            expectedBucketOwner | 123           | expectedBucketOwner is "123"; allowed: an account's 12 digits
            connectTimeout      | 10            | connectTimeout is "10"; allowed: 1ms to 1h, written like "10s", "1m30s" or "500ms"
            connectTimeout      | -10s          | connectTimeout is "-10s"; allowed: 1ms to 1h, written like "10s", "1m30s" or "500ms"
            connectTimeout      | 2h            | connectTimeout is "2h"; allowed: 1ms to 1h
            requestTimeout      | 0s            | requestTimeout is "0s"; allowed: 1ms to 1h
            retryMaxElapsed     | 25h           | retryMaxElapsed is "25h"; allowed: 1ms to 24h
            roleArn             | me            | roleArn is "me"; allowed: a role's ARN, such as arn:aws:iam::123456789012:role/name
            proxy               | socks://p:1   | proxy is "socks://p:1"; allowed: http://, user and password if it wants them, a host, a port
            proxy               | ftp://u:pw@p  | proxy is "ftp://***@p"; allowed: http://, user and password if it wants them, a host, a port
            regionEndpoint      | http://u:pw@h | regionEndpoint is "http://***@h"; allowed: http:// or https://, a host, a port, a path; without a scheme https is meant
            """)
    void aStringThatIsNotAllowedIsShownWithThoseThatAre(String key, String value, String sentence) {
        assertEquals(sentence, refused(Map.of(key, value)));
    }

    @Test
    void theTagThatIsNotAllowedIsShown() {
        String message = refused(Map.of("tags", Map.of("team", "blue", "of", "a;b")));
        assertTrue(message.startsWith("tags is \"of=a;b\"; allowed: at most 10: "), message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            retryMaxAttempts     | 0     | retryMaxAttempts is 0; allowed: 1 to 100
            retryMaxAttempts     | 101   | retryMaxAttempts is 101; allowed: 1 to 100
            retryMaxAttempts     | 1.5   | retryMaxAttempts is 1.5; allowed: 1 to 100
            maxRequestsPerSecond | 0     | maxRequestsPerSecond is 0; allowed: 0.1 or more
            maxRequestsPerSecond | 0.09  | maxRequestsPerSecond is 0.09; allowed: 0.1 or more
            backgroundShare      | 1.1   | backgroundShare is 1.1; allowed: more than 0, to 1
            backgroundShare      | 0     | backgroundShare is 0; allowed: more than 0, to 1
            maxConnections       | 99    | maxConnections is 99 while workers is 100; allowed: 100 or more, or leave it out
            maxConnections       | 70000 | maxConnections is 70000; allowed: as many as workers, to 65535
            """)
    void aNumberOutOfRangeIsShownWithTheRange(String key, double value, String sentence) {
        assertEquals(sentence, refused(Map.of(key, value)));
    }

    @Test
    void keysThatContradictEachOtherAreRefused() {
        contradict(
                "sseKmsKeyId is \"k\" while sse is \"none\"; allowed: with sse \"kms\" alone",
                Map.of("sseKmsKeyId", "k"));
        contradict(
                "sseCustomerKeyFile is \"/k\" while sse is \"s3\"; allowed: with sse \"c\" alone",
                Map.of("sse", "s3", "sseCustomerKeyFile", "/k"));
        contradict(
                "sse is \"c\" while sseCustomerKeyFile is not set; allowed: \"c\" with the file that holds the key",
                Map.of("sse", "c"));
        contradict(
                "sse is \"c\" while regionEndpoint begins with http://;"
                        + " allowed: \"c\" over https://, as the key is sent along",
                Map.of("sse", "c", "sseCustomerKeyFile", "/k", "regionEndpoint", "http://h"));
        for (String key : List.of("dualStack", "fips", "accelerate")) {
            contradict(
                    key + " is true while regionEndpoint is set; allowed: for AWS's own endpoints alone",
                    Map.of(key, true, "regionEndpoint", "https://h"));
        }
        contradict(
                "accelerate is true while pathStyle is true; allowed: with pathStyle false or \"auto\"",
                Map.of("accelerate", true, "pathStyle", true));
        contradict(
                "accelerate is true while fips is true; allowed: one of the two",
                Map.of("accelerate", true, "fips", true));
        contradict(
                "access is \"shared\" while readOnly is true; allowed: \"read-only\", or no readOnly",
                Map.of("access", "shared", "readOnly", true));
        contradict(
                "externalId is \"me\" while roleArn is not set; allowed: with roleArn, or leave it out",
                Map.of("externalId", "me"));
        contradict(
                "payloadSigning is \"unsigned\" while checksum is \"none\"; allowed: with checksum \"md5\" or \"sha256\"",
                Map.of("payloadSigning", "unsigned"));
        Map<String, Object> keys = Map.of("accessKey", "AK", "secretKey", "SK");
        contradict("profile is \"p\" while accessKey is set; allowed: one of the two", merged(keys, "profile", "p"));
        contradict(
                "anonymous is true while accessKey is set; allowed: one of the two", merged(keys, "anonymous", true));
    }

    private static Map<String, Object> merged(Map<String, Object> spec, String key, Object value) {
        Map<String, Object> all = new HashMap<>(spec);
        all.put(key, value);
        return all;
    }

    private static void contradict(String sentence, Map<String, ?> spec) {
        assertEquals(sentence, refused(spec));
    }

    @Test
    void readBucketsAreSpecsOfTheirOwn() throws SpecException {
        S3Config config = parse(Map.of(
                "readBuckets",
                List.of(
                        Map.of("bucket", "b2", "region", "eu-west-1"),
                        Map.of("bucket", "b3", "region", "r", "regionEndpoint", "h:9000"))));
        assertEquals(
                List.of("b2", "b3"),
                config.readBuckets().stream().map(S3Config::bucket).toList());
        assertEquals(
                "readBuckets[1].pathStyle is \"x\"; allowed: true, false, \"auto\"",
                refused(Map.of(
                        "readBuckets",
                        List.of(
                                Map.of("bucket", "b2", "region", "r"),
                                Map.of("bucket", "b3", "region", "r", "pathStyle", "x")))));
        assertTrue(refused(
                        Map.of("readBuckets", List.of(Map.of("bucket", "b", "region", "r", "readBuckets", List.of()))))
                .startsWith("readBuckets[0].readBuckets stands where it cannot; allowed: "));
        assertEquals(
                "s3ds: readBuckets[0]: unknown key \"regoin\"; did you mean \"region\"?",
                refused(Map.of("readBuckets", List.of(Map.of("bucket", "b2", "region", "r", "regoin", "r")))));
        Map<String, Object> own = Map.of("bucket", "b", "region", "r", "rootDirectory", "/");
        assertEquals(
                "readBuckets is an array while bucket \"b\" with rootDirectory \"/\" is there already;"
                        + " allowed: further buckets, each once",
                refused(Map.of("readBuckets", List.of(own))));
        assertEquals(
                "readBuckets[0] is wrong: s3ds: no bucket specified",
                refused(Map.of("readBuckets", List.of(Map.of("region", "r")))));
    }

    @Test
    void everyKeyIsRead() throws SpecException {
        S3Config config = parse(Map.ofEntries(
                Map.entry("pathStyle", false),
                Map.entry("dualStack", true),
                Map.entry("fips", true),
                Map.entry("caFile", "ca.pem"),
                Map.entry("proxy", "http://user:pass%40word@proxy:3128"),
                Map.entry("profile", "work"),
                Map.entry("roleArn", "arn:aws:iam::123456789012:role/name"),
                Map.entry("externalId", "us"),
                Map.entry("credentialsEndpoint", "http://keys/of/ours"),
                Map.entry("anonymous", true),
                Map.entry("expectedBucketOwner", "123456789012"),
                Map.entry("sse", "kms"),
                Map.entry("sseKmsKeyId", "key"),
                Map.entry("storageClass", "STANDARD_IA"),
                Map.entry("tags", Map.of("team", "ipfs + co")),
                Map.entry("requesterPays", true),
                Map.entry("acl", "bucket-owner-full-control"),
                Map.entry("checksum", "sha256"),
                Map.entry("payloadSigning", "unsigned"),
                Map.entry("workers", 7L),
                Map.entry("maxConnections", 9L),
                Map.entry("connectTimeout", "1.5s"),
                Map.entry("requestTimeout", "1m30s"),
                Map.entry("retryMaxAttempts", 3L),
                Map.entry("retryMaxElapsed", "500ms"),
                Map.entry("maxRequestsPerSecond", 200L),
                Map.entry("backgroundShare", 0.25),
                Map.entry("access", "read-only"),
                Map.entry("readOnly", true)));
        assertEquals(
                "Transport[pathStyle=FALSE, dualStack=true, fips=true, accelerate=false,"
                        + " caFile=Optional[ca.pem], proxy=Optional[http://***@proxy:3128]]",
                config.transport().toString());
        assertEquals("pass@word", config.transport().proxy().orElseThrow().password());
        assertEquals(
                "ObjectHeaders[encryption=ByKms[keyId=key], storageClass=STANDARD_IA, tags={team=ipfs + co},"
                        + " acl=bucket-owner-full-control, requesterPays=true, expectedBucketOwner=123456789012,"
                        + " checksum=SHA256, signing=UNSIGNED]",
                config.objects().toString());
        assertEquals(
                "Limits[workers=7, maxConnections=9, connectTimeout=PT1.5S, requestTimeout=PT1M30S, retryMaxAttempts=3,"
                        + " retryMaxElapsed=PT0.5S, maxRequestsPerSecond=OptionalDouble[200.0], backgroundShare=0.25]",
                config.limits().toString());
        assertEquals("work", config.identity().profile());
        assertTrue(config.identity().anonymous() && config.readOnly());
        assertFalse(config.toString().contains("word"), config.toString());
    }

    @Test
    void aProgramMakesOneInThreeLines() throws SpecException {
        S3Config config = S3Config.builder("bucket", "eu-central-1")
                .with(SpecKey.STORAGE_CLASS, "STANDARD_IA")
                .with(SpecKey.WORKERS, 16)
                .build();
        assertEquals("STANDARD_IA", config.objects().storageClass());
        assertEquals(16, config.limits().maxConnections());
        assertEquals(
                "pathStyle is \"x\"; allowed: true, false, \"auto\"",
                assertThrows(
                                SpecException.class,
                                () -> S3Config.builder("b", "r")
                                        .with(SpecKey.PATH_STYLE, "x")
                                        .build())
                        .getMessage());
    }

    private static S3Config parse(Map<String, ?> keys) throws SpecException {
        Map<String, @Nullable Object> spec = new HashMap<>();
        spec.putAll(Map.of("region", "us-east-1", "bucket", "b", "accessKey", "", "secretKey", ""));
        spec.putAll(keys);
        new S3StoreType().parseStrictly(spec);
        return S3Config.parse(spec);
    }

    private static String refused(Map<String, ?> keys) {
        return String.valueOf(
                assertThrows(SpecException.class, () -> parse(keys)).getMessage());
    }
}
