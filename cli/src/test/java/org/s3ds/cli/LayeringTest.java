package org.s3ds.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The arrows of CONVENTIONS.md, held against every class that was compiled: who may see whom. */
class LayeringTest {
    /** Package to the packages of ours it may name. A package that is not here is an error: add it on purpose. */
    private static final Map<String, Set<String>> MAY_SEE = Map.ofEntries(
            Map.entry("ipld", Set.of()),
            Map.entry("ipld.unixfs", Set.of("ipld")),
            Map.entry("ipld.car", Set.of("ipld")),
            Map.entry("ipld.keys", Set.of("ipld")),
            Map.entry("ipld.ipns", Set.of("ipld", "ipld.keys")),
            Map.entry("datastore", Set.of()),
            Map.entry("datastore.flatfs", Set.of("datastore")),
            Map.entry("s3", Set.of("datastore", "s3.claims", "s3.credentials", "s3.index")),
            Map.entry("s3.claims", Set.of("datastore")),
            Map.entry("s3.credentials", Set.of()),
            Map.entry("s3.index", Set.of("datastore")),
            Map.entry("prometheus", Set.of("datastore")),
            Map.entry("levelds", Set.of("datastore")),
            Map.entry("index", Set.of("datastore")),
            Map.entry("embedded", Set.of()),
            Map.entry("node.plugins", Set.of("datastore")),
            Map.entry("node.repo", Set.of("datastore", "index", "ipld", "ipld.keys", "node.plugins")),
            Map.entry("node.keys", Set.of("ipld", "ipld.keys", "node.repo")),
            Map.entry("node.names", Set.of("datastore", "ipld", "ipld.keys", "ipld.ipns", "node.keys")),
            Map.entry("node.blocks", Set.of("datastore", "ipld")),
            Map.entry("node.pins", Set.of("datastore", "ipld", "node.blocks")),
            Map.entry("node.dag", Set.of("ipld", "ipld.car", "node.pins", "node.blocks")),
            Map.entry("node.gc", Set.of("datastore", "ipld", "ipld.ipns", "ipld.keys", "node.pins", "node.blocks")),
            Map.entry(
                    "node.migrate", Set.of("datastore", "index", "ipld", "node.blocks", "node.repo", "node.transfer")),
            Map.entry("node.transfer", Set.of("datastore", "index", "ipld", "ipld.car", "node.blocks")),
            Map.entry(
                    "node.upkeep",
                    Set.of("datastore", "index", "ipld", "node.gc", "node.pins", "node.blocks", "node.repo")),
            Map.entry(
                    "node.mfs", Set.of("datastore", "ipld", "ipld.unixfs", "node.unixfs", "node.pins", "node.blocks")),
            Map.entry("node.unixfs", Set.of("datastore", "ipld", "ipld.unixfs", "node.pins", "node.blocks")),
            Map.entry(
                    "node",
                    Set.of(
                            "datastore",
                            "ipld",
                            "ipld.unixfs",
                            "node.mfs",
                            "node.unixfs",
                            "node.pins",
                            "node.blocks",
                            "node.keys",
                            "node.names",
                            "node.repo")),
            Map.entry("rpc", Set.of("ipld.unixfs", "node.repo", "node.unixfs")));

    /** Reach the program as store types alone, from the class path or as plugins: no class of it names theirs. */
    private static final Set<String> STORES =
            Set.of("s3", "s3.claims", "s3.credentials", "levelds", "datastore.flatfs");

    /** Foreign packages that only one of ours, and those below it, may name: the reason why it is a module. */
    private static final Map<String, String> FOREIGN = Map.of(
            "org/bouncycastle/", "ipld",
            "software/amazon/", "s3",
            "org/iq80/", "levelds",
            "org/rocksdb/", "index",
            "org/gaul/", "embedded",
            "io/prometheus/", "prometheus",
            "org/eclipse/jetty/", "rpc",
            "tools/jackson/", "node.repo",
            "com/github/benmanes/", "node.blocks",
            "picocli/", "cli");

    private static final Pattern CLASS_IN_DESCRIPTOR = Pattern.compile("L([\\w/$]+);");

    @Test
    void everyArrowPointsDown() throws IOException {
        Map<String, Set<String>> seen = arrows();
        List<String> wrong = new ArrayList<>();
        seen.forEach((from, targets) -> {
            Set<String> allowed =
                    from.equals("cli") ? allBut(STORES, seen.keySet()) : MAY_SEE.getOrDefault(from, Set.of());
            targets.stream()
                    .filter(to -> !to.equals(from) && !allowed.contains(to))
                    .forEach(to -> wrong.add(from + " -> " + to));
        });
        assertEquals(List.of(), wrong, "arrows that CONVENTIONS.md does not allow");
    }

    private static Set<String> allBut(Set<String> stores, Set<String> all) {
        assertTrue(all.containsAll(stores), "a store that is not there is guarded in vain");
        Set<String> others = new TreeSet<>(all);
        others.removeAll(stores);
        return others;
    }

    @Test
    void everyForeignLibraryIsSeenByOnePackage() throws IOException {
        Set<String> wrong = new TreeSet<>();
        Set<String> used = new TreeSet<>();
        eachClass((owner, named) -> FOREIGN.forEach((library, allowed) -> {
            if (named.startsWith(library)) {
                used.add(library);
                if (!owner.equals(allowed) && !owner.startsWith(allowed + ".")) {
                    wrong.add(owner + " names " + named + ", which only " + allowed + " may");
                }
            }
        }));
        assertEquals(Set.of(), wrong);
        assertEquals(new TreeSet<>(FOREIGN.keySet()), used, "a library that nobody uses is guarded in vain");
    }

    @Test
    void everyPackageIsLookedAt() throws IOException {
        Set<String> expected = new TreeSet<>(MAY_SEE.keySet());
        expected.add("cli");
        assertEquals(expected, arrows().keySet());
    }

    private static Map<String, Set<String>> arrows() throws IOException {
        Map<String, Set<String>> arrows = new TreeMap<>();
        eachClass((owner, named) -> {
            Set<String> targets = arrows.computeIfAbsent(owner, any -> new TreeSet<>());
            if (named.startsWith("org/s3ds/")) {
                targets.add(packageOf(named));
            }
        });
        return arrows;
    }

    private interface Visitor {
        void visit(String owner, String namedClass);
    }

    private static void eachClass(Visitor visitor) throws IOException {
        int classes = 0;
        for (String element : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            Path path = Path.of(element);
            if (element.contains("test-classes") || element.endsWith("-tests.jar") || !Files.exists(path)) {
                continue;
            }
            classes += Files.isDirectory(path) ? visitFolder(path, visitor) : visitJar(path, visitor);
        }
        assertTrue(classes > 50, "only " + classes + " classes were found: the test looks in the wrong place");
    }

    private static int visitJar(Path jar, Visitor visitor) throws IOException {
        if (!jar.getFileName().toString().startsWith("s3ds")) {
            return 0;
        }
        try (FileSystem inside = FileSystems.newFileSystem(jar)) {
            return visitFolder(inside.getPath("/"), visitor);
        }
    }

    private static int visitFolder(Path folder, Visitor visitor) throws IOException {
        List<Path> files;
        try (var walk = Files.walk(folder)) {
            files = walk.filter(file -> file.toString().endsWith(".class")).toList();
        }
        for (Path file : files) {
            ClassModel model = ClassFile.of().parse(bytes(file));
            String owner = packageOf(model.thisClass().asInternalName());
            eachNamedClass(model, named -> visitor.visit(owner, named));
        }
        return files.size();
    }

    private static void eachNamedClass(ClassModel model, Consumer<String> visitor) {
        for (PoolEntry entry : model.constantPool()) {
            switch (entry) {
                case ClassEntry named -> visitor.accept(named.asInternalName());
                case Utf8Entry text -> {
                    Matcher matcher = CLASS_IN_DESCRIPTOR.matcher(text.stringValue());
                    while (matcher.find()) {
                        visitor.accept(matcher.group(1));
                    }
                }
                default -> {}
            }
        }
    }

    private static String packageOf(String internalName) {
        String inside = internalName.replaceFirst("^\\[*L?", "").replaceFirst("^org/s3ds/", "");
        int slash = inside.lastIndexOf('/');
        return slash < 0 ? inside : inside.substring(0, slash).replace('/', '.');
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
