package org.s3ds.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code key} and {@code id}: what scripts know of Kubo's answers, and that no answer has a secret in it. */
class KeyCommandsTest {
    private static final String PROTOBUF = "libp2p-protobuf-cleartext";
    private static final String PEM = "pem-pkcs8-cleartext";

    @TempDir
    Path directory;

    private Cli cli = new Cli(Path.of(""));

    @BeforeEach
    void init() {
        cli = new Cli(directory);
        assertEquals(0, cli.run("init", "--profile=test,flatfs").exit());
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

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    @Test
    void keysAreListedByNameTheNodesOwnFirst() {
        String site = ok("key", "gen", "site").strip();
        assertTrue(site.matches("k51qzi5uqu5d\\w{50}"), site);
        ok("key", "gen", "zoo", "--type=secp256k1");
        ok("key", "gen", "a\nb");
        assertEquals("self\na\\nb\nsite\nzoo\n", ok("key", "ls"));
        String self = ok("id", "-f", "<id>", "--peerid-base=base36");
        assertTrue(ok("key", "list", "-l").startsWith(self + "  self \n"), self);
        assertTrue(ok("--enc=json", "key", "ls").startsWith("{\"Keys\":[{\"Name\":\"self\",\"Id\":\"" + self + "\"},"));
        assertTrue(ok("key", "ls", "-l", "--ipns-base=b58mh").startsWith("12D3KooW"));
        assertEquals("a\\nb\nsite\n", ok("key", "rm", "a\nb", "site"));
        refused("no key named site was found", "key", "rm", "zoo", "site");
        assertEquals("self\nzoo\n", ok("key", "ls"));
    }

    @ParameterizedTest
    @CsvSource({
        "cannot create key with name 'self', key gen self",
        "unrecognized key type: foo, key gen a --type=foo",
        "unrecognized key type: ecdsa, key gen a --type=ecdsa",
        "rsa keys must be >= 2048 bits to be useful, key gen a --type=rsa --size=1024",
        "rsa keys must be <= 8192 bits, key gen a --type=rsa --size=8200",
        "invalid key size 255: ed25519 keys are always 256 bits, key gen a -s 255",
        "unsupported multibase encoding: foo, key gen a --ipns-base=foo",
        "no key named a was found, key rename a b",
        "key with name 'a' doesn't exist, key export a",
        "no key by the given name was found, key sign -k a in",
        "lstat none: no such file or directory, key import a none",
        "invalid peer id, id nonsense"
    })
    void mistakes(String sentence, String words) throws IOException {
        Files.writeString(directory.resolve("in"), "hello");
        refused(sentence, words.split(" ", -1));
        assertEquals("self\n", ok("key", "ls"));
    }

    @Test
    void aNameWithASlashIsRefusedWithTheReason() {
        refused(
                "\"a/b\" cannot be the name of a key: it has a slash, and so could not be part of a path such as"
                        + " /ipns/<name>; give a name without one",
                "key",
                "gen",
                "a/b");
        refused("key name must be at least one character", "key", "gen", "");
    }

    @ParameterizedTest
    @CsvSource({"ed25519," + PROTOBUF, "ed25519," + PEM, "rsa," + PEM, "secp256k1," + PEM, "rsa," + PROTOBUF})
    void whatIsExportedIsImportedAgain(String type, String format) throws IOException {
        String id = ok("key", "gen", "site", "--type=" + type);
        Path file = directory.resolve(format.equals(PEM) ? "site.pem" : "site.key");
        Files.writeString(file, "something old that everybody reads");
        assertEquals("", ok("key", "export", "site", "-f", format));
        assertEquals("rw-------", mode(file));
        refused("key with name 'site' already exists", "key", "import", "site", file.toString(), "-f", format);
        ok("key", "rm", "site");
        assertEquals(id, ok("key", "import", "again", file.toString(), "-f", format));
        assertEquals("self\nagain\n", ok("key", "ls"));
    }

    @Test
    void anExportIsWrittenWhereALinkLeadsAndOverNoFolder() throws IOException {
        ok("key", "gen", "site");
        Files.createSymbolicLink(directory.resolve("link"), Path.of("target"));
        ok("key", "export", "site", "-o", "link");
        assertTrue(Files.isSymbolicLink(directory.resolve("link")));
        assertEquals("rw-------", mode(directory.resolve("target")));
        refused(
                "cannot write " + directory + "/none/x: there is no folder " + directory + "/none",
                "key",
                "export",
                "site",
                "-o",
                "none/x");
        Path folder = Files.createDirectory(directory.resolve("folder"));
        refused(
                "refusing to export key to " + folder + ": not a regular file, character device or pipe",
                "key",
                "export",
                "site",
                "-o",
                "folder");
        refused("unrecognized export format: foo", "key", "export", "site", "-f", "foo");
        assertArrayEquals(
                Files.readAllBytes(cli.repo().resolve("keystore/key_onuxizi")),
                Files.readAllBytes(directory.resolve("target")));
    }

    @Test
    void aKeyIsExportedBesideADaemonToo() throws IOException {
        try (InProcessDaemon _ = InProcessDaemon.start(cli.repo(), cli.environment())) {
            ok("key", "gen", "site");
            ok("key", "export", "site");
            refused("key with name 'none' doesn't exist", "key", "export", "none");
        }
        assertEquals("rw-------", mode(directory.resolve("site.key")));
    }

    @Test
    void noFailureShowsAKey() throws IOException {
        ok("key", "gen", "site");
        ok("key", "export", "site");
        ok("key", "export", "site", "-f", PEM);
        String pem = Files.readString(directory.resolve("site.pem"));
        String secret = pem.lines().toList().get(1);
        Files.writeString(directory.resolve("cut.pem"), pem.replace("MC4CAQAw", "MC4CAQAx"));
        Files.writeString(directory.resolve("other.pem"), pem.replace("PRIVATE KEY", "EC PRIVATE KEY"));
        for (String[] words : new String[][] {
            {"PEM block not found in input data", PEM, "site.key"},
            {"unexpected PEM block for format=" + PROTOBUF + ": try again with format=" + PEM, PROTOBUF, "site.pem"},
            {"parsing PKCS8 format: invalid PKCS #8 key: its ASN.1 is not that of such a key", PEM, "cut.pem"},
            {"expected PRIVATE KEY type in PEM block but got: EC PRIVATE KEY", PEM, "other.pem"},
            {"unrecognized import format: foo", "foo", "site.pem"}
        }) {
            Cli.Result result = cli.run("--debug", "key", "import", "new", "-f", words[1], words[2]);
            assertEquals("Error: " + words[0], result.firstErrorLine());
            assertFalse(result.err().contains(secret.substring(20, 40)), result.err());
        }
    }

    @Test
    void aSignatureIsGoodForItsBytesAndKey() throws IOException {
        ok("key", "gen", "site", "--type=rsa");
        Files.writeString(directory.resolve("letter"), "hello");
        Files.writeString(directory.resolve("other"), "hello!");
        String signed = ok("key", "sign", "-k", "site", "letter");
        String signature = signed.replaceFirst("(?s).*\"Signature\":\"(u[\\w-]+)\".*", "$1");
        assertTrue(ok("key", "verify", "-k", "site", "-s", signature, "letter").endsWith("\"SignatureValid\":true}\n"));
        assertTrue(ok("key", "verify", "-k", "site", "-s", signature, "other").endsWith("\"SignatureValid\":false}\n"));
        assertTrue(ok("key", "verify", "-s", signature, "letter").endsWith("\"SignatureValid\":false}\n"));
        byte[] hello = "hello".getBytes(StandardCharsets.UTF_8);
        String own = cli.pipe(hello, "key", "sign").out().replaceFirst("(?s).*\"Signature\":\"(u[\\w-]+)\".*", "$1");
        String id = ok("id", "-f", "<id>");
        assertTrue(
                ok("key", "verify", "-k", id, "-s", own, "letter").startsWith("{\"Key\":{\"Name\":\"\",\"Id\":\"k51"));
        refused(
                "'\"foo\"' is not a known key, an IPNS Name, or a valid PeerID",
                "key",
                "verify",
                "-k",
                "foo",
                "-s",
                own,
                "letter");
        refused("cannot decode multibase for zero length string", "key", "verify", "letter");
    }

    @Test
    void theIdIsToldAsKuboTellsIt() {
        String id = ok("id", "-f", "<id>");
        String key = ok("id", "-f", "<pubkey>");
        assertEquals(
                "{\n\t\"ID\": \"%s\",\n\t\"PublicKey\": \"%s\",\n\t\"Addresses\": null,\n".formatted(id, key)
                        + "\t\"AgentVersion\": \"s3ds/0.1.0\",\n\t\"Protocols\": null\n}\n\n",
                ok("id"));
        String other = "12D3KooWLQzUv2FHWGVPXTXSZpdHs7oHbXub2G5WC8Tx4NQhyd2d";
        assertTrue(cli.run("id", other).firstErrorLine().contains("without a running daemon"));
        assertEquals(
                "k51qzi5uqu5dk3v4rmjber23h16xnr23bsggmqqil9z2gduiis5se8dht36dam /p2p/" + other + "\n",
                ok("--offline", "id", other, "--peerid-base=base36", "-f", "<id> <addrs>\\n"));
    }

    @Test
    void kubosRepoHasItsKeysHere(@TempDir Path other) throws IOException {
        KuboFixture fixture = KuboFixture.load("kubo-flatfs");
        Cli kubo = new Cli(other);
        fixture.unpack(kubo.repo());
        assertEquals(fixture.text("id"), kubo.run("id", "-f", "<id>").out());
        assertEquals("self\nsite\n", kubo.run("key", "ls").out());
        assertTrue(
                kubo.run("name", "resolve").firstErrorLine().endsWith(" that is here is not good: record is expired"));
    }
}
