package org.s3ds.node.plugins;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
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
     * @param shown the jar's name, for sentences
     * @throws PluginException when it is not a plugin, or no jar at all
     */
    static PluginLabel read(Path jar, Path shown) throws PluginException {
        if (Files.exists(jar) && !Files.isRegularFile(jar)) {
            throw new PluginException(shown + " is not a file: remove it"); // a pipe would be waited for
        }
        try (JarFile open = new JarFile(jar.toFile(), false)) {
            return of(open, shown);
        } catch (PluginException e) {
            throw e;
        } catch (NoSuchFileException e) {
            throw new PluginException(shown + ": no such file", e);
        } catch (IOException e) {
            throw new PluginException(
                    "%s cannot be read as a jar (%s): copy it anew, or remove it".formatted(shown, e.getMessage()), e);
        }
    }

    private static PluginLabel of(JarFile jar, Path file) throws IOException {
        Attributes entries = manifest(jar, file).getMainAttributes();
        String name = entries.getValue(PluginApi.NAME_ENTRY);
        String api = entries.getValue(PluginApi.VERSION_ENTRY);
        if (name == null || api == null) {
            throw new PluginException("%s is not a plugin of s3ds: its manifest does not have both %s and %s; remove it"
                    .formatted(file, PluginApi.NAME_ENTRY, PluginApi.VERSION_ENTRY));
        }
        check(file, PluginApi.NAME_ENTRY, name, NAME, "up to 100 letters, digits, dashes and underscores");
        check(file, PluginApi.VERSION_ENTRY, api, NUMBER, "a whole number");
        String version = entries.getValue(Attributes.Name.IMPLEMENTATION_VERSION);
        boolean isVersion = version != null && VERSION.matcher(version).matches();
        return new PluginLabel(name, isVersion ? version : "unknown", Integer.parseInt(api));
    }

    /** Never more of it than a manifest has: a small jar can hold a manifest that fills the memory. */
    private static Manifest manifest(JarFile jar, Path file) throws IOException {
        JarEntry entry = jar.getJarEntry(JarFile.MANIFEST_NAME);
        if (entry == null) {
            return new Manifest();
        }
        try (InputStream in = jar.getInputStream(entry)) {
            byte[] bytes = in.readNBytes(LARGEST_MANIFEST + 1);
            if (bytes.length > LARGEST_MANIFEST) {
                throw new PluginException(
                        "%s is not a plugin of s3ds: its manifest has more than 8 MiB; remove it".formatted(file));
            }
            return new Manifest(new ByteArrayInputStream(bytes));
        }
    }

    private static void check(Path file, String entry, String value, Pattern allowed, String inWords)
            throws PluginException {
        if (!allowed.matcher(value).matches()) {
            throw new PluginException("%s is not a plugin of s3ds: in its manifest, %s is not %s; remove it"
                    .formatted(file, entry, inWords));
        }
    }
}
