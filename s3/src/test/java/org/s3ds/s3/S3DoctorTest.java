package org.s3ds.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.s3ds.datastore.Finding;
import org.s3ds.datastore.Finding.Verdict;
import org.s3ds.datastore.Metrics;
import org.s3ds.datastore.StoreContext;
import org.s3ds.s3.SloppyServer.Lack;

/** What a doctor finds on servers as they should be, and on some that are not. */
class S3DoctorTest {
    private static final List<String> CHECKS = List.of(
            "credentials",
            "reach",
            "clock",
            "names",
            "access",
            "put",
            "get",
            "get, absent",
            "head",
            "range",
            "hash",
            "create-only",
            "list",
            "list pages",
            "delete",
            "bulk delete",
            "checksum none",
            "checksum md5",
            "checksum sha256",
            "put 4 KiB",
            "get 4 KiB",
            "put 256 KiB",
            "get 256 KiB",
            "path style",
            "virtual-host style",
            "versioning",
            "lifecycle",
            "object lock",
            "cleaning up");

    /** What a good server may lack all the same. */
    private static final Set<String> OPTIONAL = Set.of("checksum md5", "checksum sha256");

    @TempDir
    private Path folder;

    /** The server of these tests; others override it. */
    TestServer start(Path folder) throws Exception {
        return TestServer.embedded(folder);
    }

    private static StoreContext context(Map<String, String> environment) {
        return new StoreContext(Path.of("").toAbsolutePath(), Metrics.none(), environment);
    }

    private static List<Finding> examine(S3Config config, Map<String, String> environment) {
        List<Finding> heard = new ArrayList<>();
        new S3Doctor(config, Map.of()).examine(context(environment), heard::add);
        return heard;
    }

    private static List<Finding> examine(S3Config config) {
        return examine(config, Map.of());
    }

    private static Finding about(String check, List<Finding> findings) {
        return findings.stream()
                .filter(finding -> finding.check().equals(check))
                .findFirst()
                .orElseThrow();
    }

    /** The checks that are not as they should be. */
    private static Set<String> wrong(List<Finding> findings) {
        return findings.stream()
                .filter(finding -> finding.verdict() != Verdict.GOOD)
                .map(Finding::check)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void aGoodServerIsLeftAsItWas() throws Exception {
        try (TestServer server = start(folder)) {
            S3Config config = server.bucket("node1");
            List<Finding> findings = examine(config);
            assertEquals(CHECKS, findings.stream().map(Finding::check).toList());
            Set<String> wrong = wrong(findings);
            wrong.removeAll(OPTIONAL);
            wrong.removeAll(lacking());
            assertEquals(Set.of(), wrong, findings.toString());
            try (S3Bucket bucket = new S3Bucket(config, context(Map.of()))) {
                assertEquals(
                        List.of(), bucket.list("", "", Optional.empty(), 10).objects());
            }
        }
    }

    /** What the server of these tests does not do. */
    Set<String> lacking() {
        return Set.of();
    }

    @Test
    void whatAServerLacksIsAWarningWhereTheStoreCanDoWithoutIt() throws Exception {
        try (SloppyServer server = new SloppyServer(
                Map.of(), Lack.RANGE, Lack.CREATE_ONLY, Lack.BULK_DELETE, Lack.HASH, Lack.TO_SHOW_RULES)) {
            List<Finding> findings = examine(server.config("node1"));
            assertEquals(
                    Set.of("range", "create-only", "bulk delete", "hash", "versioning", "lifecycle", "object lock"),
                    wrong(findings),
                    findings.toString());
            assertEquals(
                    "the second put of one name replaces the first",
                    about("create-only", findings).found());
            assertEquals(Verdict.UNTOLD, about("lifecycle", findings).verdict());
            assertEquals(
                    "to have it checked, allow s3:GetLifecycleConfiguration on arn:aws:s3:::b",
                    about("lifecycle", findings).advice());
            assertEquals(Map.of(), server.objects());
        }
    }

    @Test
    void whatTheStoreCannotDoWithoutIsAFailureThatNamesThePermission() throws Exception {
        try (SloppyServer server = new SloppyServer(Map.of(), Lack.PUT, Lack.TO_TELL_ABSENT)) {
            List<Finding> findings = examine(server.config("node1"));
            assertEquals(Verdict.BAD, about("put", findings).verdict());
            assertEquals(
                    "allow s3:PutObject on arn:aws:s3:::b/node1/*",
                    about("put", findings).advice());
            assertEquals(
                    "allow s3:ListBucket on arn:aws:s3:::b",
                    about("get, absent", findings).advice());
        }
    }

    @Test
    void whatCannotBeRemovedIsSaid() throws Exception {
        try (SloppyServer server = new SloppyServer(Map.of(), Lack.DELETE, Lack.BULK_DELETE)) {
            List<Finding> findings = examine(server.config(""));
            assertEquals(Verdict.BAD, about("delete", findings).verdict());
            assertEquals(
                    "remove what is left below \".s3ds-doctor/\" by hand",
                    about("cleaning up", findings).advice());
        }
    }

    @Test
    void rulesThatTouchTheRootDirectoryAreTold() throws Exception {
        Map<String, String> rules = Map.of(
                "versioning",
                "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>",
                "lifecycle",
                "<LifecycleConfiguration>"
                        + rule("all", "", "<Expiration><Days>30</Days></Expiration>")
                        + rule(
                                "ours",
                                "node1/",
                                "<Transition><Days>1</Days><StorageClass>GLACIER</StorageClass></Transition>")
                        + rule("theirs", "node10/", "<Expiration><Days>7</Days></Expiration>")
                        + "</LifecycleConfiguration>",
                "object-lock",
                "<ObjectLockConfiguration><ObjectLockEnabled>Enabled</ObjectLockEnabled><Rule><DefaultRetention>"
                        + "<Mode>GOVERNANCE</Mode><Days>9</Days></DefaultRetention></Rule></ObjectLockConfiguration>");
        try (SloppyServer server = new SloppyServer(rules)) {
            List<Finding> findings = examine(server.config("node1"));
            assertEquals(Set.of("versioning", "lifecycle", "object lock"), wrong(findings), findings.toString());
            assertEquals(
                    List.of(
                            "rule \"all\" deletes blocks after 30 days",
                            "rule \"ours\" archives blocks in GLACIER, where they cannot be read without a restore"),
                    findings.stream()
                            .filter(finding -> finding.check().equals("lifecycle"))
                            .map(Finding::found)
                            .toList());
            assertEquals(
                    "each object is kept by force for 9 days",
                    about("object lock", findings).found());
            assertTrue(about("versioning", findings).found().contains("deletes free no space"));
        }
    }

    private static String rule(String id, String prefix, String action) {
        return "<Rule><ID>" + id + "</ID><Status>Enabled</Status><Filter><Prefix>" + prefix + "</Prefix></Filter>"
                + action + "</Rule>";
    }

    @Test
    void whatAnEarlierDoctorLeftIsRemovedWhenItIsForgotten() throws Exception {
        Instant now = Instant.parse("2026-11-25T22:00:00Z");
        try (SloppyServer server = new SloppyServer(Map.of())) {
            String old = "r/.s3ds-doctor/" + now.minusSeconds(3601).getEpochSecond() + "-00/object";
            String fresh = "r/.s3ds-doctor/" + now.minusSeconds(3599).getEpochSecond() + "-00/object";
            String foreign = "r/.s3ds-doctor/notes";
            List.of(old, fresh, foreign).forEach(name -> server.objects().put(name, new byte[1]));
            Clock clock = Clock.fixed(now, ZoneOffset.UTC);
            try (Examination examination =
                    new Examination(server.config("r"), context(Map.of()), clock, finding -> {})) {
                examination.examine();
            }
            assertEquals(Set.of(fresh, foreign), server.objects().keySet());
        }
    }

    @Test
    void anInterruptedDoctorCleansUp() throws Exception {
        try (SloppyServer server = new SloppyServer(Map.of())) {
            List<String> heard = new ArrayList<>();
            server.config("r").doctor().orElseThrow().examine(context(Map.of()), finding -> {
                heard.add(finding.check());
                if (finding.check().equals("list pages")) {
                    Thread.currentThread().interrupt();
                }
            });
            assertTrue(Thread.interrupted(), "the flag is set again");
            assertFalse(heard.contains("put 256 KiB"), heard.toString());
            assertEquals(Map.of(), server.objects());
        }
    }

    @Test
    void namesThatAreNoBlocksAreCounted() throws Exception {
        try (SloppyServer server = new SloppyServer(Map.of())) {
            server.objects().put("r/CIQLSTJHXGJU2PQIUUXFFV62PWV7VREE57RXUU4A52IIR55M4LX432I", new byte[1]);
            server.objects().put("r/photo.jpg", new byte[1]);
            server.objects().put("r/.s3ds/claim/0000000000000001", new byte[1]);
            Finding names = about("names", examine(server.config("r")));
            assertEquals("1 of 2 objects below \"r/\" are no blocks, such as \"r/photo.jpg\"", names.found());
            for (int i = 0; i < 10_000; i++) {
                server.objects().put("r/photo%05d".formatted(i), new byte[1]);
            }
            names = about("names", examine(server.config("r")));
            assertEquals(
                    "9998 of the first 9999 objects below \"r/\" are no blocks, such as \"r/photo.jpg\"",
                    names.found());
        }
    }

    @Test
    void whoHoldsThePlaceIsSaid() throws Exception {
        try (SloppyServer server = new SloppyServer(Map.of())) {
            S3Config config = server.config("r");
            assertEquals(
                    "shared: others may write, so repo gc, block rm and repo verify --drop are refused; nobody holds the place",
                    about("access", examine(config)).found());
            server.objects()
                    .put(
                            "r/.s3ds/claim/0000000000000001",
                            ("{\"format\":1,\"repo\":\"" + "0".repeat(32) + "\",\"generation\":1,\"session\":\""
                                            + "1".repeat(32)
                                            + "\",\"since\":\"2026-01-01T00:00:00Z\",\"time\":\"2026-02-01T00:00:00Z\",\"host\":\"h\",\"released\":false}\n")
                                    .getBytes(StandardCharsets.UTF_8));
            assertEquals(Set.of("access"), wrong(examine(config)));
            Finding held = about("access", examine(config.withAccess(Access.EXCLUSIVE)));
            assertEquals(Finding.Verdict.BAD, held.verdict());
            assertTrue(
                    held.found().contains("is held by another repo, 00000000… on the machine h, since"), held.found());
            assertEquals(
                    "read-only: nothing is put or deleted; another repo holds the place since 2026-01-01T00:00:00Z, on the"
                            + " machine h",
                    about("access", examine(config.withAccess(Access.READ_ONLY)))
                            .found());
        }
    }

    @Test
    void twoIdentitiesAreAWarning() throws Exception {
        try (SloppyServer server = new SloppyServer(Map.of())) {
            List<Finding> findings = examine(
                    server.config("r"),
                    Map.of("AWS_WEB_IDENTITY_TOKEN_FILE", "/t", "AWS_ROLE_ARN", "arn:aws:iam::1:role/r"));
            assertTrue(findings.get(1).found().contains("where go-ds-s3 takes the web identity"), findings.toString());
        }
    }

    @Test
    void aServerThatDoesNotAnswerEndsIt() throws Exception {
        SloppyServer server = new SloppyServer(Map.of());
        S3Config config = server.config("r");
        server.close();
        List<Finding> findings = examine(config);
        assertEquals(
                List.of("credentials", "reach"),
                findings.stream().map(Finding::check).toList());
        assertEquals(Verdict.BAD, findings.getLast().verdict());
        assertTrue(findings.getLast().found().startsWith("nothing answers at http://127.0.0.1:"), findings.toString());
    }

    @Test
    void aReadOnlyStoreIsReadAndNeedsNoPermissionToWrite() throws Exception {
        try (SloppyServer server = new SloppyServer(Map.of(), Lack.PUT)) {
            server.objects().put("r/CIQLSTJHXGJU2PQIUUXFFV62PWV7VREE57RXUU4A52IIR55M4LX432I", new byte[11]);
            S3Config config = server.config("r").withAccess(Access.READ_ONLY);
            List<Finding> findings = examine(config);
            assertEquals(
                    "not tried: the store is for reading alone",
                    about("writing", findings).found());
            assertEquals(
                    "a block of 11 bytes can be read",
                    about("reading", findings).found());
            assertEquals(Set.of(), wrong(findings));
            String policy = config.doctor().orElseThrow().policy().orElseThrow();
            assertTrue(policy.contains("\"Action\": [\"s3:GetObject\"],"), policy);
            assertFalse(policy.contains("s3:PutObject"), policy);
        }
    }
}
