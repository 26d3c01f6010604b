package org.s3ds.datastore;

import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** A plugin in the making: compiled from source against the plugin API alone, and written as a jar. */
public final class PluginJar {
    private static final String SERVICES = "META-INF/services/";

    private final Map<String, String> manifest = new TreeMap<>();
    private final Map<String, String> sources = new TreeMap<>();
    private final Map<String, byte[]> entries = new TreeMap<>();
    private final Map<String, Consumer<byte[]>> patches = new TreeMap<>();
    private final Set<String> left = new HashSet<>();

    /** Of a name and a version, for the API of today. */
    public PluginJar(String name, String version) {
        manifest.put(PluginApi.NAME_ENTRY, name);
        manifest.put(PluginApi.VERSION_ENTRY, String.valueOf(PluginApi.VERSION));
        manifest.put("Implementation-Version", version);
    }

    /** A whole plugin with a type of its own name, whose stores are in memory. */
    public static PluginJar ofMemory(String name, String version) {
        return new PluginJar(name, version).withType(name, name, "return new MemoryDatastore();");
    }

    /** With an entry of the manifest; without it when the value is empty. */
    public PluginJar withManifest(String entry, String value) {
        if (value.isEmpty()) {
            manifest.remove(entry);
        } else {
            manifest.put(entry, value);
        }
        return this;
    }

    /** With a class. */
    public PluginJar withSource(String className, String source) {
        sources.put(className, source);
        return this;
    }

    /** The source of a class. */
    public String source(String className) {
        return Objects.requireNonNull(sources.get(className));
    }

    /** Without a compiled class, such as {@code lib/Library.class}. */
    public PluginJar without(String classFile) {
        left.add(classFile);
        return this;
    }

    /** With changes to the bytes of a compiled class, such as {@code demo/Type0.class}. */
    public PluginJar patching(String classFile, Consumer<byte[]> patch) {
        patches.put(classFile, patch);
        return this;
    }

    /** With a file. */
    public PluginJar withEntry(String name, byte[] content) {
        entries.put(name, content);
        return this;
    }

    /** With a line more in a file of {@code META-INF/services}. */
    public PluginJar withService(String service, String provider) {
        entries.merge(
                SERVICES + service,
                (provider + "\n").getBytes(StandardCharsets.UTF_8),
                (before, more) -> (new String(before, StandardCharsets.UTF_8)
                                + new String(more, StandardCharsets.UTF_8))
                        .getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /**
     * With a store type.
     *
     * @param open the body of the method that opens a store with {@code context} and {@code spec}
     */
    public PluginJar withType(String type, String plugin, String open) {
        String simpleName = "Type" + sources.size();
        return withSource("demo." + simpleName, """
                        package demo;

                        import java.util.*;
                        import org.s3ds.datastore.*;

                        public final class %s implements StoreType {
                            public String name() {
                                return "%s";
                            }

                            public String plugin() {
                                return "%s";
                            }

                            public StoreConfig parse(Map<String, Object> spec) {
                                return new StoreConfig() {
                                    public Map<String, Object> diskSpec() {
                                        return Map.of("type", name());
                                    }

                                    public Datastore open(StoreContext context) throws DatastoreException {
                                        %s
                                    }
                                };
                            }
                        }
                        """.formatted(simpleName, type, plugin, open))
                .withService(StoreType.class.getName(), "demo." + simpleName);
    }

    /** Compiles and packs it. */
    public Path writeTo(Path jar) throws IOException {
        Manifest head = new Manifest();
        head.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.forEach(head.getMainAttributes()::putValue);
        Path classes = Files.createTempDirectory("plugin-classes");
        compile(classes);
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file, head);
                Stream<Path> compiled = Files.walk(classes)) {
            for (Path path : compiled.filter(Files::isRegularFile).toList()) {
                writeClass(out, classes.relativize(path).toString().replace('\\', '/'), Files.readAllBytes(path));
            }
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                write(out, entry.getKey(), entry.getValue());
            }
        }
        return jar;
    }

    private void writeClass(JarOutputStream out, String name, byte[] bytes) throws IOException {
        if (!left.contains(name)) {
            patches.getOrDefault(name, any -> {}).accept(bytes);
            write(out, name, bytes);
        }
    }

    private static void write(JarOutputStream out, String name, byte[] content) throws IOException {
        out.putNextEntry(new ZipEntry(name));
        out.write(content);
        out.closeEntry();
    }

    private void compile(Path classes) throws IOException {
        if (sources.isEmpty()) {
            return;
        }
        List<JavaFileObject> files = new ArrayList<>();
        sources.forEach((name, text) -> files.add(new Source(name, text)));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        List<String> options = List.of("-proc:none", "-d", classes.toString(), "-cp", api());
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            if (!compiler.getTask(messages, manager, null, options, null, files).call()) {
                throw new IOException(messages.toString());
            }
        }
    }

    private static String api() {
        return Path.of(URI.create(PluginApi.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toString()))
                .toString();
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String className, String text) {
            super(URI.create("string:///" + className.replace('.', '/') + ".java"), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreErrors) {
            return text;
        }
    }
}
