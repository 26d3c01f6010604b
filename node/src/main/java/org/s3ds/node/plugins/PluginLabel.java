package org.s3ds.node.plugins;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import org.s3ds.datastore.PluginApi;

/**
 * What a jar says of itself in its manifest, before any class of it is loaded.
 *
 * @param name the plugin's name, by which the config disables it
 * @param version its own version; {@code unknown} where the jar does not say
 * @param api the version of the plugin API that it was built for
 */
public record PluginLabel(String name, String version, int api) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,100}");
    private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9._+-]{1,100}");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

    /** Bytes; more than the manifest of a jar has whose every file is signed. */
    private static final int LARGEST_MANIFEST = 8 << 20;

    /** The name and the version, as sentences have them. */
    @Override
    public String toString() {
        return name + " " + version;
    }

    /**
     * What a jar says of itself.
     *
     * @throws PluginException when it is not a plugin, or no jar at all
     */
    static PluginLabel read(NamedJar jar) throws PluginException {
        if (Files.exists(jar.file()) && !Files.isRegularFile(jar.file())) {
            throw new PluginException(jar.shown() + " is not a file: remove it"); // a pipe would be waited for
        }
        try (JarFile open = new JarFile(jar.file().toFile(), false)) {
            return of(open, jar);
        } catch (PluginException e) {
            throw e;
        } catch (NoSuchFileException e) {
            throw new PluginException(jar.shown() + ": no such file", e);
        } catch (IOException e) {
            throw new PluginException(
                    "%s cannot be read as a jar (%s): copy it anew%s"
                            .formatted(jar.shown(), e.getMessage(), jar.toRemove(", or remove it")),
                    e);
        }
    }

    private static PluginLabel of(JarFile open, NamedJar jar) throws IOException {
        Attributes entries = manifest(open, jar).getMainAttributes();
        String name = entries.getValue(PluginApi.NAME_ENTRY);
        String api = entries.getValue(PluginApi.VERSION_ENTRY);
        if (name == null || api == null) {
            throw noPlugin(
                    jar,
                    "its manifest does not have both %s and %s"
                            .formatted(PluginApi.NAME_ENTRY, PluginApi.VERSION_ENTRY));
        }
        check(jar, PluginApi.NAME_ENTRY, name, NAME, "up to 100 letters, digits, dashes and underscores");
        check(jar, PluginApi.VERSION_ENTRY, api, NUMBER, "a whole number");
        String version = entries.getValue(Attributes.Name.IMPLEMENTATION_VERSION);
        boolean isVersion = version != null && VERSION.matcher(version).matches();
        return new PluginLabel(name, isVersion ? version : "unknown", Integer.parseInt(api));
    }

    /** Never more of it than a manifest has: a small jar can hold a manifest that fills the memory. */
    private static Manifest manifest(JarFile open, NamedJar jar) throws IOException {
        JarEntry entry = open.getJarEntry(JarFile.MANIFEST_NAME);
        if (entry == null) {
            return new Manifest();
        }
        try (InputStream in = open.getInputStream(entry)) {
            byte[] bytes = in.readNBytes(LARGEST_MANIFEST + 1);
            if (bytes.length > LARGEST_MANIFEST) {
                throw noPlugin(jar, "its manifest has more than 8 MiB");
            }
            return new Manifest(new ByteArrayInputStream(bytes));
        }
    }

    private static void check(NamedJar jar, String entry, String value, Pattern allowed, String inWords)
            throws PluginException {
        if (!allowed.matcher(value).matches()) {
            throw noPlugin(jar, "in its manifest, %s is not %s".formatted(entry, inWords));
        }
    }

    private static PluginException noPlugin(NamedJar jar, String reason) {
        return new PluginException(
                "%s is not a plugin of s3ds: %s%s".formatted(jar.shown(), reason, jar.toRemove("; remove it")));
    }
}
