package org.s3ds.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code name}, {@code resolve}, and names wherever a path is taken; the texts are those of Kubo 0.43.1. */
class NameCommandsTest {
    private static final String GOOD = "k51qzi5uqu5dlkw8pxuw9qmqayfdeh4kfebhmreauqdc6a7c3y7d5i9fi8mk9w";
    private static final String FORGED = "k51qzi5uqu5diamp7qnnvs1p1gzmku3eijkeijs3418j23j077zrkok63xdm8c";
    private static final String ABSENT = "bafkreigh2akiscaildcqabsyg3dfr6chu3fgpregiymsck7e7aqa4s52zy";

    @TempDir
    Path directory;

    private Cli cli = new Cli(Path.of(""));
    private String tree = "";
    private String below = "";
    private String site = "";

    @BeforeEach
    void init() throws IOException {
        cli = new Cli(directory);
        assertEquals(0, cli.run("init", "--profile=test,flatfs").exit());
        Files.createDirectories(directory.resolve("d/e"));
        Files.writeString(directory.resolve("d/e/f"), "hello");
        tree = ok("add", "-rQ", "d").strip();
        below = ok("add", "-rQ", "--pin=false", "d/e").strip();
        site = ok("key", "gen", "site").strip();
        record("good.ipns-record");
        record("forged.ipns-record");
    }

    private void record(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(NameCommandsTest.class.getResourceAsStream(name))) {
            Files.write(directory.resolve(name), in.readAllBytes());
        }
    }

    private String ok(String... words) {
        Cli.Result result = cli.run(words);
        assertEquals("", result.err());
        assertEquals(0, result.exit());
        return result.out();
    }

    private void refused(String sentence, String... words) {
        Cli.Result result = cli.run(words);
        assertEquals("Error: " + sentence, result.firstErrorLine());
        assertEquals("", result.out());
        assertEquals(1, result.exit());
    }

    private void publish(String path) {
        assertEquals(
                "Published to " + site + ": " + path + "\n",
                ok("name", "publish", "--allow-offline", "--key=site", path));
    }

    @Test
    void aNameStandsForAPathWhereverOneIsTaken() throws IOException {
        publish("/ipfs/" + tree);
        for (String name : new String[] {"/ipns/" + site, "/ipns/site", "ipns://" + site}) {
            assertEquals("hello", ok("cat", name + "/e/f"));
            assertEquals(ok("ls", tree), ok("ls", name));
            assertEquals(ok("refs", "-r", tree), ok("refs", "-r", name));
            assertEquals("/ipfs/" + below + "\n", ok("resolve", name + "/e"));
        }
        ok("get", "/ipns/site/e", "-o", "got");
        assertEquals("hello", Files.readString(directory.resolve("got/f")));
        assertEquals("pinned " + below + " recursively\n", ok("pin", "add", "/ipns/site/e"));
        assertEquals(below + " recursive\n", ok("pin", "ls", "/ipns/site/e"));
        ok("files", "cp", "/ipns/site/e", "/copied");
        assertEquals("hello", ok("files", "read", "/copied/f"));
        assertEquals("/ipfs/" + tree + "\n", ok("name", "resolve", "site"));
        assertEquals("/ipfs/" + tree + "/e\n", ok("name", "resolve", "/ipns/" + site + "/e"));
    }

    @Test
    void aNameMayStandForAnotherAndIsPublishedByItsId() {
        publish("/ipfs/" + tree);
        String self = ok("id", "-f", "<id>", "--peerid-base=base36");
        assertEquals(self + "\n", ok("name", "publish", "--allow-offline", "-Q", "/ipns/site/e"));
        assertEquals("/ipns/" + site + "/e\n", ok("name", "resolve", "-r=false"));
        assertEquals("/ipns/" + site + "/e\n", ok("resolve", "-r=false", "/ipns/self"));
        assertEquals("/ipfs/" + tree + "/e\n", ok("name", "resolve"));
        assertEquals("/ipfs/" + below + "\n", ok("resolve", "/ipns/self"));
        ok("name", "publish", "--allow-offline", "-k", site, "--resolve=false", "/ipns/self");
        refused("could not resolve name (recursion limit exceeded)", "cat", "/ipns/site");
    }

    @Test
    void whatANamesStandsForIsKeptIfAsked() {
        publish("/ipfs/" + tree);
        ok("pin", "rm", tree);
        ok("repo", "gc", "--keep-ipns");
        assertEquals("hello", ok("cat", "/ipns/site/e/f"));
        ok("repo", "gc");
        assertTrue(cli.run("cat", "/ipns/site/e/f").firstErrorLine().contains("could not find " + tree));
    }

    @ParameterizedTest
    @CsvSource({
        "lifetime must be greater than zero (got 0s), --lifetime=0s",
        "error parsing lifetime option: time: invalid duration \"x\", --lifetime=x",
        "ttl must not be negative (got -1s), --ttl=-1s",
        "time: invalid duration \"x\", --ttl=x",
        "ttl (2h0m0s) must not be greater than lifetime (1h0m0s), --ttl=2h --lifetime=1h",
        "strconv.ParseUint: parsing \"x\": invalid syntax, --sequence=x",
        "sequence number must be greater than the current record sequence, --sequence=0",
        "no key by the given name was found, --key=none",
        "no key by the given name or PeerID was found, --key=" + GOOD,
        "cannot use both --allow-offline and --allow-delegated flags, --allow-delegated",
        "validating record: record is expired, --lifetime=1ns --ttl=0s"
    })
    void mistakesOfPublish(String sentence, String options) {
        String[] words = ("name publish --allow-offline " + options + " /ipfs/bafkqaaa").split(" ", -1);
        refused(sentence.replaceFirst("\\(got (.*)\\)", ", got $1").replace(" ,", ","), words);
    }

    @Test
    void otherMistakes() {
        refused(
                "can't publish while offline: pass `--allow-offline` to override or `--allow-delegated` if"
                        + " Ipns.DelegatedPublishers are set up",
                "name",
                "publish",
                tree);
        refused(
                "block was not found locally (offline): ipld: could not find " + ABSENT,
                "name",
                "publish",
                "--allow-offline",
                ABSENT);
        refused("\"/ipfs/" + tree + "\" is not an IPNS name", "name", "resolve", "/ipfs/" + tree);
        refused(
                "could not resolve name: \"example.org\" is neither a peer ID nor the name of a key here, and s3ds has no"
                        + " network to look it up in (DNSLink): give a CID, a peer ID or one of \"s3ds key list\"",
                "cat",
                "/ipns/example.org/a");
        refused("DHT timeout value must be >= 0", "name", "resolve", "--dht-timeout=-1s");
        refused(
                "could not resolve name: there is no record of " + GOOD
                        + " here, and s3ds has no network to look it up in",
                "name",
                "get",
                GOOD);
    }

    @Test
    void aRecordOfOthersIsTakenShownAndHandedOn() throws IOException {
        refused(
                "can't put while offline: pass `--allow-offline` to store locally or `--allow-delegated` if"
                        + " Ipns.DelegatedPublishers are set up",
                "name",
                "put",
                GOOD,
                "good.ipns-record");
        assertEquals(GOOD + "\n", ok("name", "put", "--allow-offline", GOOD, "good.ipns-record"));
        assertEquals("", ok("name", "put", "--allow-offline", "-q", "/ipns/" + GOOD, "good.ipns-record"));
        assertEquals("/ipfs/bafkqaddwgevxmmraojswg33smq\n", ok("name", "resolve", GOOD));
        assertEquals("v1+v2 record", ok("cat", "/ipns/" + GOOD));
        ok("name", "get", GOOD);
        assertArrayEquals(Files.readAllBytes(directory.resolve("good.ipns-record")), cli.lastOutput());
        refused(
                "record validation failed: signature verification failed",
                "name",
                "put",
                "--allow-offline",
                FORGED,
                "forged.ipns-record");
    }

    @Test
    void aRecordIsInspectedAsKuboDoes() {
        String says = """
                Value:          "/ipfs/bafkqaddwgevxmmraojswg33smq"
                Validity Type:  0
                Validity:       "2123-08-14T12:17:03.694052Z"
                Sequence:       0
                TTL:            30m0s
                Protobuf Size:  326
                Signature Type: V1+V2

                """;
        String dumped = ok("name", "inspect", "good.ipns-record");
        assertTrue(
                dumped.startsWith(
                        says + "This record was not verified. Pass '--verify k51...' to verify.\n\nHex Dump:\n"
                                + "00000000  0a 21 2f 69 70 66 73 2f  62 61 66 6b 71 61 64 64  |.!/ipfs/bafkqadd|\n"),
                dumped);
        assertTrue(dumped.endsWith("00000140  79 54 79 70 65 00                                 |yType.|\n"), dumped);
        assertEquals(
                says + "Validation results:\n Valid: true\n Name:  " + GOOD + "\n",
                ok("name", "inspect", "--dump=false", "--verify=" + GOOD, "good.ipns-record"));
        assertTrue(ok("name", "inspect", "--dump=false", "--verify=" + FORGED, "forged.ipns-record")
                .endsWith("Validation results:\n Valid:  false\n Reason: signature verification failed\n Name:   "
                        + FORGED + "\n"));
        assertEquals(
                "{\"Entry\":{\"Value\":\"/ipfs/bafkqaddwgevxmmraojswg33smq\",\"ValidityType\":0,"
                        + "\"Validity\":\"2123-08-14T12:17:03.694052Z\",\"Sequence\":0,\"TTL\":1800000000000},"
                        + "\"PbSize\":326,\"SignatureType\":\"V1+V2\",\"HexDump\":\"\",\"Validation\":null}\n",
                ok("--enc=json", "name", "inspect", "--dump=false", "good.ipns-record"));
    }

    @Test
    void aPathIsAnsweredInTheBaseOfItsCid() {
        String version1 = ok("add", "-rQ", "--cid-version=1", "d").strip();
        String base36 = ok("cid", "format", "-b", "base36", version1).strip();
        assertTrue(ok("resolve", "/ipfs/" + base36 + "/e/f").startsWith("/ipfs/k"));
        assertEquals("/ipfs/" + below + "\n", ok("resolve", tree + "/e"));
        assertEquals("/ipld/" + tree + "\n", ok("resolve", "/ipld/" + tree));
        refused("no link named \"none\" under " + tree, "resolve", "/ipfs/" + tree + "/none");
    }
}
