package org.s3ds.node.keys;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.s3ds.datastore.Metrics;
import org.s3ds.ipld.keys.KeyType;
import org.s3ds.ipld.keys.PrivateKey;
import org.s3ds.node.KeptStores;
import org.s3ds.node.repo.Identity;
import org.s3ds.node.repo.Repo;
import org.s3ds.node.repo.RepoPlan;

final class KeystoreTest {
    private static final Map<String, Object> SPEC =
            Map.of("type", "levelds", "path", "datastore", "compression", "none");

    @TempDir
    private Path parent;

    private final SecureRandom random = new SecureRandom();
    private final KeptStores stores = new KeptStores();
    private final Identity identity = Identity.ed25519(random);
    private Repo repo;
    private Keystore keys;

    @SuppressWarnings("NullAway.Init") // the repo is opened before each test
    KeystoreTest() {}

    @BeforeEach
    void open() throws IOException {
        Path folder = parent.resolve("repo");
        if (!Repo.isInitialized(folder)) {
            RepoPlan plan = RepoPlan.fresh(identity, SPEC, List.of(), random);
            Repo.init(folder, plan, stores.types(), Metrics.none(), Map.of(), store -> {});
        }
        repo = Repo.open(folder, stores.types(), Metrics.none(), Map.of());
        keys = new Keystore(repo);
    }

    @AfterEach
    void close() throws IOException {
        repo.close();
    }

    private PrivateKey fresh() throws IOException {
        return PrivateKey.generate(KeyType.ED25519, 0, random);
    }

    private Path folder() {
        return repo.path().resolve("keystore");
    }

    private interface Doing {
        void run() throws IOException;
    }

    private static void assertRefused(String sentence, Doing doing) {
        assertEquals(sentence, assertThrows(KeyException.class, doing::run).getMessage());
    }

    @Test
    void aKeyIsAFileAsKuboHasIt() throws Exception {
        PrivateKey key = fresh();
        keys.add("mykey", key);
        Path file = folder().resolve("key_nv4wwzlz");
        assertArrayEquals(key.encode(), Files.readAllBytes(file));
        assertEquals("r--------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder())));
        close();
        open();
        assertEquals(key.peerId(), keys.get("mykey").peerId());
        assertEquals(List.of("mykey"), keys.names());
    }

    @Test
    void theNodesOwnKeyIsInTheConfig() throws Exception {
        assertEquals(identity.peerId(), keys.self().peerId().toString());
        assertEquals(keys.self().peerId(), keys.get("self").peerId());
        assertEquals(List.of(), keys.names());
        assertRefused("cannot create key with name 'self'", () -> keys.add("self", fresh()));
        assertRefused("cannot import key with name 'self'", () -> keys.requireNew("self", "import"));
        assertRefused("cannot remove key with name 'self'", () -> keys.remove("self"));
        assertRefused("cannot export key with name 'self'", () -> keys.export("self"));
        assertRefused("cannot rename key with name 'self'", () -> keys.rename("self", "a", true));
        keys.add("a", fresh());
        assertRefused("cannot overwrite key with name 'self'", () -> keys.rename("a", "self", true));
    }

    @Test
    void aNameIsGivenOnce() throws Exception {
        PrivateKey key = fresh();
        keys.add("site", key);
        assertRefused("key with name 'site' already exists", () -> keys.add("site", fresh()));
        assertEquals(key.peerId(), keys.get("site").peerId());
        keys.add("other", fresh());
        assertRefused(
                "key by that name already exists, refusing to overwrite", () -> keys.rename("site", "other", false));
        assertEquals(List.of("other", "site"), keys.names());
        assertTrue(keys.rename("site", "other", true).replaced());
        assertEquals(List.of("other"), keys.names());
        assertEquals(key.peerId(), keys.get("other").peerId());
        assertFalse(keys.rename("other", "other", false).replaced());
        assertFalse(keys.rename("other", "third", true).replaced());
        keys.remove("third");
        assertEquals(Optional.empty(), keys.find("third"));
        assertRefused("no key named third was found", () -> keys.remove("third"));
        assertRefused("no key named third was found", () -> keys.rename("third", "a", false));
        assertRefused("key with name 'third' doesn't exist", () -> keys.export("third"));
        assertRefused("no key by the given name was found", () -> keys.get("third"));
    }

    @Test
    void namesThatCannotBe() throws Exception {
        assertRefused("key name must be at least one character", () -> keys.add("", fresh()));
        String slash = "\"%s\" cannot be the name of a key: it has a slash, and so could not be part of a path such as"
                + " /ipns/<name>; give a name without one";
        for (String name : List.of("a/b", "/", "../site")) {
            assertRefused(slash.formatted(name), () -> keys.add(name, fresh()));
        }
        for (String name : List.of(".", "..")) {
            assertRefused(
                    "\"%s\" cannot be the name of a key: in a path such as /ipns/<name> it means a folder; give another"
                            .formatted(name),
                    () -> keys.add(name, fresh()));
        }
        keys.add("site", fresh());
        assertRefused(slash.formatted("x/y"), () -> keys.rename("site", "x/y", true));
        keys.add("x".repeat(156), fresh());
        assertRefused(
                "the name of the key is too long: it has 157 bytes, and at most 156 make a file's name",
                () -> keys.add("x".repeat(157), fresh()));
        assertRefused(
                "the name of the key is too long: it has 200 bytes, and at most 156 make a file's name",
                () -> keys.find("\u00e4".repeat(100)));
        assertEquals(List.of("site", "x".repeat(156)), keys.names());
    }

    @Test
    void aKeyOfKubosWithASlashIsUsedAsAnyOther() throws Exception {
        PrivateKey key = fresh();
        Files.write(folder().resolve("key_mexwe"), key.encode());
        assertEquals(List.of("a/b"), keys.names());
        assertEquals(key.peerId(), keys.get("a/b").peerId());
        keys.rename("a/b", "site", false);
        assertEquals(List.of("site"), keys.names());
    }

    @Test
    void otherFilesAreNoKeys() throws Exception {
        for (String name : List.of("readme", "key_", "key_1", "KEY_mexwe", "key_MEXWE", "key_mexwf", "key_74")) {
            Files.createFile(folder().resolve(name));
        }
        assertEquals(List.of(), keys.names());
    }

    @Test
    void aDamagedKeyIsSaidAndNotShown() throws Exception {
        Path file = folder().resolve("key_onuxizi");
        Files.write(file, new byte[] {8, 1, 18, 3, 'k', 'e', 'y'});
        assertRefused(
                "cannot deserialize private key file \"" + file
                        + "\": expected ed25519 data size to be 64 or 96, got 3",
                () -> keys.find("site"));
    }

    @Test
    void aKeyIsLookedUpByItsNameOrAnyTextOfItsId() throws Exception {
        keys.add("a", fresh());
        PrivateKey key = fresh();
        keys.add("b", key);
        for (String text : List.of(
                "b",
                key.peerId().toString(),
                key.peerId().name(),
                key.peerId().cid().toString())) {
            assertEquals(key.peerId(), keys.lookUp(text).peerId());
        }
        assertEquals(keys.self().peerId(), keys.lookUp(identity.peerId()).peerId());
        assertRefused("no key by the given name was found", () -> keys.lookUp("c"));
        String other = fresh().peerId().name();
        assertRefused("no key by the given name or PeerID was found", () -> keys.lookUp(other));
    }

    @Test
    void aRepoThatIsOnlyReadHasKeysAndGetsNone() throws Exception {
        keys.add("site", fresh());
        close();
        Files.writeString(parent.resolve("repo/version"), "16\n");
        open();
        assertEquals(List.of("site"), keys.names());
        for (Doing doing : List.<Doing>of(
                () -> keys.add("a", fresh()), () -> keys.remove("site"), () -> keys.rename("site", "a", false))) {
            assertTrue(
                    String.valueOf(assertThrows(IOException.class, doing::run).getMessage())
                            .startsWith("this repo has version 16, which s3ds reads but does not write to"));
        }
        assertEquals(List.of("site"), keys.names());
    }
}
