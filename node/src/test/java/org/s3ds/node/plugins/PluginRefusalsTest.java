package org.s3ds.node.plugins;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Metrics;
import org.s3ds.datastore.PluginApi;
import org.s3ds.datastore.PluginJar;
import org.s3ds.datastore.SpecException;
import org.s3ds.datastore.StoreConfig;
import org.s3ds.datastore.StoreContext;
import org.s3ds.datastore.StoreType;

/** What must not or cannot be loaded, each with its sentence. The list shows it, and is not spoilt by it. */
final class PluginRefusalsTest {
    private static final int BIG_ENDIAN_VERSION_AT = 6;

    @TempDir
    private Path repo;

    private Path folder = Path.of("");

    @BeforeEach
    void makeFolder() throws IOException {
        folder = Files.createDirectory(
                repo.resolve("plugins"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    }

    private Path jar(String name) {
        return folder.resolve(name);
    }

    private PluginFolder plugins() {
        return new PluginFolder(repo, List.of(new BuiltIn("there", "bundle")), Set.of());
    }

    private void assertRefused(String sentence) throws IOException {
        PluginException refusal =
                assertThrows(PluginException.class, () -> plugins().load().close());
        assertEquals(sentence, refusal.getMessage());
        PluginReport last = plugins().list("1").getLast();
        assertEquals(PluginReport.State.REFUSED, last.state());
        assertEquals(sentence, last.problem());
    }

    private PluginJar memory() {
        return PluginJar.ofMemory("demo", "1.2");
    }

    @Test
    void oneForANewerApi() throws Exception {
        memory().withManifest(PluginApi.VERSION_ENTRY, "2").writeTo(jar("x.jar"));
        assertRefused(
                jar("x.jar") + " (demo 1.2) was built for version 2 of the plugin API, and this s3ds has version 1:"
                        + " take a build of it for version 1, or a newer s3ds");
    }

    @Test
    void oneForAnOlderApi() throws Exception {
        memory().withManifest(PluginApi.VERSION_ENTRY, "0").writeTo(jar("x.jar"));
        assertRefused(
                jar("x.jar") + " (demo 1.2) was built for version 0 of the plugin API, and this s3ds has version 1:"
                        + " take a build of it for version 1");
    }

    @Test
    void aJarThatIsNoPlugin() throws Exception {
        memory().withManifest(PluginApi.VERSION_ENTRY, "").writeTo(jar("x.jar"));
        assertRefused(jar("x.jar")
                + " is not a plugin of s3ds: its manifest does not have both S3ds-Plugin-Name and S3ds-Plugin-Api;"
                + " remove it");
    }

    @Test
    void aNameThatTheConfigCannotHold() throws Exception {
        memory().withManifest(PluginApi.NAME_ENTRY, "a.b").writeTo(jar("x.jar"));
        assertRefused(jar("x.jar") + " is not a plugin of s3ds: in its manifest, S3ds-Plugin-Name is not up to 100"
                + " letters, digits, dashes and underscores; remove it");
    }

    @Test
    void anApiThatIsNoNumber() throws Exception {
        memory().withManifest(PluginApi.VERSION_ENTRY, "one").writeTo(jar("x.jar"));
        assertRefused(jar("x.jar") + " is not a plugin of s3ds: in its manifest, S3ds-Plugin-Api is not a whole number;"
                + " remove it");
    }

    @Test
    void aManifestThatWouldFillTheMemory() throws Exception {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar("x.jar")))) {
            zip.putNextEntry(new ZipEntry("META-INF/MANIFEST.MF"));
            byte[] line = "Name: x\r\n\r\n".repeat(1 << 16).getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i < 20; i++) {
                zip.write(line);
            }
        }
        assertRefused(jar("x.jar") + " is not a plugin of s3ds: its manifest has more than 8 MiB; remove it");
    }

    @Test
    void aJarWithoutStores() throws Exception {
        new PluginJar("demo", "1.2").writeTo(jar("x.jar"));
        assertRefused(jar("x.jar") + " (demo 1.2) brings no store: it has no"
                + " META-INF/services/org.s3ds.datastore.StoreType; remove it");
    }

    @Test
    void aFileThatIsNoJar() throws Exception {
        Files.writeString(jar("x.jar"), "not a jar, though it is called one");
        assertRefused(jar("x.jar") + " cannot be read as a jar (zip END header not found): copy it anew, or remove it");
    }

    @Test
    void anEmptyFile() throws Exception {
        Files.createFile(jar("x.jar"));
        assertRefused(jar("x.jar") + " cannot be read as a jar (zip file is empty): copy it anew, or remove it");
    }

    @Test
    void aJarThatIsCutOff() throws Exception {
        byte[] whole = Files.readAllBytes(memory().writeTo(jar("x.jar")));
        Files.write(jar("x.jar"), Arrays.copyOf(whole, whole.length / 2));
        assertRefused(jar("x.jar") + " cannot be read as a jar (zip END header not found): copy it anew, or remove it");
    }

    @Test
    void aFolderThatIsCalledLikeAJar() throws Exception {
        Files.createDirectory(jar("x.jar"));
        assertRefused(jar("x.jar") + " is not a file: remove it");
    }

    @Test
    void aLinkToNothing() throws Exception {
        Files.createSymbolicLink(jar("x.jar"), repo.resolve("gone.jar"));
        assertRefused(jar("x.jar") + ": no such file");
    }

    @Test
    void aClassThatIsMissing() throws Exception {
        new PluginJar("demo", "1.2")
                .withService(StoreType.class.getName(), "demo.Gone")
                .writeTo(jar("x.jar"));
        assertRefused(
                jar("x.jar") + " (demo 1.2) cannot be loaded:"
                        + " org.s3ds.datastore.StoreType: Provider demo.Gone not found; take another build of it, or remove it");
    }

    @Test
    void aLibraryThatIsMissing() throws Exception {
        PluginJar jar = memory().withSource("lib.Library", "package lib; public class Library {}");
        String source = jar.source("demo.Type0");
        jar.withSource("demo.Type0", source.replace(" implements", " extends lib.Library implements"))
                .without("lib/Library.class")
                .writeTo(jar("x.jar"));
        assertRefused(jar("x.jar") + " (demo 1.2) is not complete: it needs the class lib.Library, which is not in it;"
                + " take another build of it, or remove it");
    }

    @Test
    void aClassForANewerJava() throws Exception {
        int next = Runtime.version().feature() + 1;
        memory().patching("demo/Type0.class", bytes -> bytes[BIG_ENDIAN_VERSION_AT + 1] = (byte) (next + 44))
                .writeTo(jar("x.jar"));
        assertRefused(
                "%s (demo 1.2) was compiled for Java %d, and this is Java %d: run s3ds with Java %d, or take another build of it"
                        .formatted(jar("x.jar"), next, next - 1, next));
    }

    /** A type some of whose source is another. */
    private void writeChanged(String source, String changed) throws IOException {
        PluginJar jar = memory();
        jar.withSource("demo.Type0", jar.source("demo.Type0").replace(source, changed))
                .writeTo(jar("x.jar"));
    }

    private void assertUnusable(String reason) throws IOException {
        assertRefused("%s (demo 1.2) cannot be loaded: %s; take another build of it, or remove it"
                .formatted(jar("x.jar"), reason));
    }

    @Test
    void aConstructorThatThrows() throws Exception {
        writeChanged(
                "public String name()",
                "public Type0() { throw new IllegalStateException(\"no\"); } public String name()");
        assertUnusable("java.lang.IllegalStateException: no");
    }

    @Test
    void aConstructorThatNobodyMayCall() throws Exception {
        writeChanged("public String name()", "private Type0() {} public String name()");
        assertUnusable("it needs demo.Type0.<init>(), which is not there or not public");
    }

    @Test
    void aClassThatCannotBeInitialized() throws Exception {
        writeChanged("public String name()", "static final int N = Integer.parseInt(\"\"); public String name()");
        assertUnusable("java.lang.NumberFormatException: For input string: \"\"");
    }

    @Test
    void aTypeThatFailsWhenItIsAsked() throws Exception {
        writeChanged("return \"demo\";", "throw new AssertionError(\"no\");");
        assertUnusable("java.lang.AssertionError: no");
    }

    @Test
    void aTypeWithoutAName() throws Exception {
        writeChanged("public String name() {", "public String name() { if (true) return null;");
        assertUnusable("java.lang.NullPointerException: the name of a store type");
    }

    @Test
    void aTypeThatIsThereTwice() throws Exception {
        memory().withType("demo", "demo", "return new MemoryDatastore();").writeTo(jar("x.jar"));
        assertUnusable("it brings the store type demo twice");
    }

    @Test
    void twoJarsOfOneName() throws Exception {
        memory().writeTo(jar("a.jar"));
        PluginJar.ofMemory("demo", "1.3").writeTo(jar("b.jar"));
        assertRefused("%s (demo 1.2) and %s (demo 1.3) are the same plugin: remove one of them"
                .formatted(jar("a.jar"), jar("b.jar")));
    }

    @Test
    void twoJarsOfOneType() throws Exception {
        memory().writeTo(jar("a.jar"));
        new PluginJar("other", "3")
                .withType("demo", "other", "return new MemoryDatastore();")
                .writeTo(jar("b.jar"));
        assertRefused(
                "%s (other 3) brings the store type demo, as does %s (demo 1.2): remove one of them, or disable it with s3ds config --json Plugins.Plugins.demo.Disabled true"
                        .formatted(jar("b.jar"), jar("a.jar")));
    }

    @Test
    void aTypeThatIsBuiltIn() throws Exception {
        new PluginJar("other", "3")
                .withType("there", "other", "return new MemoryDatastore();")
                .writeTo(jar("b.jar"));
        assertRefused(jar("b.jar") + " (other 3) brings the store type there, as does bundle, which is built in: remove"
                + " it, or disable the other with s3ds config --json Plugins.Plugins.bundle.Disabled true");
    }

    @Test
    void aTypeThatEveryNodeHas() throws Exception {
        new PluginJar("other", "3")
                .withType("mount", "other", "return new MemoryDatastore();")
                .writeTo(jar("b.jar"));
        assertRefused(jar("b.jar") + " (other 3) brings the store type mount, which every node has itself: remove it");
    }

    @Test
    void aTypeOfAnotherPlugin() throws Exception {
        new PluginJar("demo", "1.2")
                .withType("demo", "else", "return new MemoryDatastore();")
                .writeTo(jar("x.jar"));
        assertRefused(jar("x.jar") + " (demo 1.2) cannot be loaded: its store type demo says that it belongs to the"
                + " plugin else; take another build of it, or remove it");
    }

    @Test
    void aJarThatOthersMayWrite() throws Exception {
        memory().writeTo(jar("x.jar"));
        Files.setPosixFilePermissions(jar("x.jar"), PosixFilePermissions.fromString("rw-rw-r--"));
        assertRefused(jar("x.jar") + " may be written to by others (mode 664), who could have s3ds run anything:"
                + " chmod go-w " + jar("x.jar"));
    }

    @Test
    void aFolderThatOthersMayWrite() throws Exception {
        memory().writeTo(jar("x.jar"));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xrwx"));
        assertRefused(folder + " may be written to by others (mode 757), who could have s3ds run anything: chmod go-w "
                + folder);
    }

    @Test
    void aLinkIntoAFolderThatOthersMayWrite() throws Exception {
        Path open = Files.createDirectory(repo.resolve("open"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
        Files.createSymbolicLink(jar("x.jar"), memory().writeTo(open.resolve("y.jar")));
        assertRefused(open.toRealPath() + " may be written to by others (mode 777), who could have s3ds run anything:"
                + " chmod go-w " + open.toRealPath());
    }

    @Test
    void aFileOfAnotherUser() throws Exception {
        memory().writeTo(jar("x.jar"));
        int owner = (int) Files.getAttribute(folder, "unix:uid");
        if (owner == 0) { // what root has, everybody may trust: make it someone's
            Files.setAttribute(jar("x.jar"), "unix:uid", 4711);
            owner = 4711;
        }
        int user = owner + 1;
        PluginException refusal =
                assertThrows(PluginException.class, () -> new FileTrust(user).check(folder, jar("x.jar")));
        assertTrue(
                String.valueOf(refusal.getMessage())
                        .endsWith(
                                " belongs to another user (%d), who could have s3ds run anything: chown it to the user of s3ds (%d), or copy it anew"
                                        .formatted(owner, user)),
                refusal.getMessage());
    }

    @Test
    void aFileInPlaceOfTheFolder() throws Exception {
        Files.delete(folder);
        Files.createFile(folder);
        PluginException refusal =
                assertThrows(PluginException.class, () -> plugins().load().close());
        assertEquals(folder + " is not a folder: move it away", refusal.getMessage());
    }

    @Test
    void aClassThatIsMissingOnlyLater() throws Exception {
        new PluginJar("demo", "1.2")
                .withType("demo", "demo", "return lib.Stores.memory();")
                .withSource(
                        "lib.Stores",
                        "package lib; public class Stores { public static org.s3ds.datastore.Datastore memory() {"
                                + " return new org.s3ds.datastore.MemoryDatastore(); } }")
                .without("lib/Stores.class")
                .writeTo(jar("x.jar"));
        try (StoreTypes types = plugins().load()) {
            StoreConfig config = types.all().getLast().parse(Map.of());
            DatastoreException refusal = assertThrows(
                    DatastoreException.class, () -> config.open(new StoreContext(repo, Metrics.none(), Map.of())));
            assertEquals(
                    jar("x.jar") + " (demo 1.2) is not complete: it needs the class lib.Stores, which is not in it;"
                            + " take another build of it, or remove it",
                    refusal.getMessage());
        }
    }

    @Test
    void aSpecThatItFailsToRead() throws Exception {
        writeChanged("return Map.of(\"type\", name());", "throw new IllegalStateException(\"no\");");
        try (StoreTypes types = plugins().load()) {
            StoreType type = types.all().getLast();
            assertFailed("java.lang.IllegalStateException: no", () -> type.parse(Map.of()));
        }
    }

    @Test
    void aStoreThatItFailsToOpen() throws Exception {
        writeChanged("return new MemoryDatastore();", "return null;");
        try (StoreTypes types = plugins().load()) {
            StoreConfig config = types.all().getLast().parse(Map.of());
            assertFailed(
                    "java.lang.NullPointerException: a store",
                    () -> config.open(new StoreContext(repo, Metrics.none(), Map.of())));
        }
    }

    private void assertFailed(String failure, Executable work) {
        assertEquals(
                "%s (demo 1.2) failed: %s; take another build of it, or tell who made it"
                        .formatted(jar("x.jar"), failure),
                assertThrows(DatastoreException.class, work).getMessage());
    }

    /** A type that the program brings. */
    record BuiltIn(String name, String plugin) implements StoreType {
        @Override
        public StoreConfig parse(Map<String, @Nullable Object> spec) throws SpecException {
            throw new SpecException("not to be used");
        }
    }
}
