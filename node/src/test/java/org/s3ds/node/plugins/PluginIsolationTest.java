package org.s3ds.node.plugins;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.s3ds.datastore.Batch;
import org.s3ds.datastore.Datastore;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.Metrics;
import org.s3ds.datastore.PluginJar;
import org.s3ds.datastore.Query;
import org.s3ds.datastore.Results;
import org.s3ds.datastore.StoreContext;
import org.s3ds.datastore.StoreType;

/** A plugin sees the JDK, the plugin API and itself. */
final class PluginIsolationTest {
    /** A store of which every call tells what the thread's class loader is. */
    private static final String TELLING = """
            return (Datastore) java.lang.reflect.Proxy.newProxyInstance(
                    getClass().getClassLoader(),
                    new Class<?>[] {Datastore.class, Batch.class, Results.class},
                    (self, method, arguments) -> {
                        String loader = Thread.currentThread().getContextClassLoader().getName();
                        System.setProperty("plugin.calls", System.getProperty("plugin.calls") + method.getName() + " on " + loader + "\\n");
                        return switch (method.getName()) {
                            case "get", "next" -> Optional.empty();
                            case "size", "diskUsage" -> OptionalLong.empty();
                            case "has" -> false;
                            case "query", "batch" -> self;
                            default -> null;
                        };
                    });""";

    @TempDir
    private Path repo;

    private Path folder = Path.of("");

    @BeforeEach
    void makeFolder() throws IOException {
        folder = Files.createDirectory(
                repo.resolve("plugins"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    }

    private StoreTypes load() throws IOException {
        return new PluginFolder(repo, List.of(), Set.of()).load();
    }

    private Datastore open(StoreType type) throws DatastoreException {
        return type.parse(Map.of()).open(new StoreContext(repo, Metrics.none(), Map.of()));
    }

    /** What a body of the method that opens a store says by an exception. */
    private String said(PluginJar jar) throws IOException {
        jar.writeTo(folder.resolve("x.jar"));
        try (StoreTypes types = load()) {
            StoreType type = types.all().getFirst();
            return String.valueOf(
                    assertThrows(DatastoreException.class, () -> open(type)).getMessage());
        }
    }

    private String saidBy(String open) throws IOException {
        return said(new PluginJar("demo", "1").withType("demo", "demo", open));
    }

    @Test
    void itSeesNoClassOfTheNodeNorOfItsLibraries() throws Exception {
        for (String name : List.of(
                "org.s3ds.node.Node",
                "org.s3ds.datastore.flatfs.FlatfsStoreType",
                "tools.jackson.core.JsonParser",
                "org.junit.jupiter.api.Test")) {
            Class.forName(name); // the node does
            assertEquals(
                    "java.lang.ClassNotFoundException: " + name,
                    saidBy("try { throw new DatastoreException(Class.forName(\"" + name + "\").toString()); }"
                            + " catch (ClassNotFoundException e) { throw new DatastoreException(e.toString()); }"));
        }
    }

    @Test
    void itSeesNoResourceOfTheNode() throws Exception {
        String resource = "META-INF/services/org.junit.platform.engine.TestEngine";
        assertTrue(getClass().getClassLoader().getResources(resource).hasMoreElements());
        assertEquals(
                "false null",
                saidBy("try { ClassLoader loader = getClass().getClassLoader(); String name = \"" + resource + "\";"
                        + " throw new DatastoreException(loader.getResources(name).hasMoreElements() + \" \" +"
                        + " Thread.currentThread().getContextClassLoader().getResource(name)); }"
                        + " catch (DatastoreException e) { throw e; }"
                        + " catch (java.io.IOException e) { throw new DatastoreException(e.toString()); }"));
    }

    @Test
    void itHasItsOwnVersionOfALibraryThatTheNodeHas() throws Exception {
        String source =
                "package tools.jackson.core; public class Version { public static String mine() { return \"mine\"; } }";
        PluginJar jar = new PluginJar("demo", "1")
                .withType("demo", "demo", "throw new DatastoreException(tools.jackson.core.Version.mine());")
                .withSource("tools.jackson.core.Version", source);
        assertEquals("mine", said(jar));
        assertEquals(
                0,
                List.of(Class.forName("tools.jackson.core.Version").getDeclaredMethods()).stream()
                        .filter(method -> method.getName().equals("mine"))
                        .count());
    }

    @Test
    void twoPluginsSeeNothingOfEachOther() throws Exception {
        for (String name : List.of("one", "two")) {
            new PluginJar(name, "1")
                    .withType(name, name, "throw new DatastoreException(lib.Library.NAME.toString());")
                    .withSource(
                            "lib.Library",
                            "package lib; public class Library { public static final StringBuilder NAME ="
                                    + " new StringBuilder(\"of " + name + "\"); }")
                    .writeTo(folder.resolve(name + ".jar"));
        }
        try (StoreTypes types = load()) {
            for (StoreType type : types.all()) {
                assertEquals(
                        "of " + type.name(),
                        assertThrows(DatastoreException.class, () -> open(type)).getMessage());
            }
        }
    }

    @Test
    void itsResourcesAreItsOwn() throws Exception {
        PluginJar jar = new PluginJar("demo", "1")
                .withEntry("greeting.txt", "hello".getBytes(StandardCharsets.UTF_8))
                .withType(
                        "demo",
                        "demo",
                        "try (var in = Thread.currentThread().getContextClassLoader().getResourceAsStream(\"greeting.txt\"))"
                                + " { throw new DatastoreException(new String(in.readAllBytes())); }"
                                + " catch (DatastoreException e) { throw e; }"
                                + " catch (java.io.IOException e) { throw new DatastoreException(e.toString()); }");
        assertEquals("hello", said(jar));
    }

    @Test
    void everyCallRunsWithItsClassLoaderAndLeavesNoTrace() throws Exception {
        new PluginJar("demo", "1").withType("demo", "demo", TELLING).writeTo(folder.resolve("x.jar"));
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        System.setProperty("plugin.calls", "");
        try (StoreTypes types = load();
                Datastore store = open(types.all().getFirst())) {
            Key key = Key.of("/a");
            store.get(key);
            store.has(key);
            store.size(key);
            store.put(key, new byte[0]);
            store.delete(key);
            store.sync(key);
            store.requireDeletes(key);
            store.diskUsage();
            try (Results results = store.query(Query.keys(key))) {
                results.next();
            }
            Batch batch = store.batch();
            batch.put(key, new byte[0]);
            batch.delete(key);
            batch.commit();
        }
        assertEquals(before, Thread.currentThread().getContextClassLoader());
        List<String> calls = System.clearProperty("plugin.calls").lines().toList();
        assertEquals(16, calls.size(), calls::toString);
        calls.forEach(call -> assertTrue(call.endsWith(" on plugin demo"), call));
    }
}
