package org.s3ds.cli;

import java.io.File;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What this program is. */
final class Product {
    /** Its version. */
    static final String VERSION = "0.1.0";

    /** The version of Kubo whose answers it gives. */
    static final String KUBO_VERSION = "0.42.0";

    /** What a daemon calls itself in each answer. */
    static final String SERVER = "kubo/" + KUBO_VERSION;

    /** The version of the repos it reads and writes: that of Kubo's repos. */
    static final int REPO_VERSION = 18;

    /** Name and version of a library in the name of its file. */
    private static final Pattern JAR = Pattern.compile("([^/]+?)-([0-9][^/]*)[.]jar$");

    private Product() {}

    /** The commit it was built from; empty when the build did not say. */
    static String commit() {
        return commit(Product.class.getPackage().getImplementationVersion());
    }

    /** What follows the plus sign in the version of a jar; classes outside a jar have no version. */
    static String commit(@Nullable String version) {
        int plus = version == null ? -1 : version.indexOf('+');
        return version == null || plus < 0 ? "" : version.substring(plus + 1);
    }

    /** What {@code version} says in JSON. */
    static Map<String, String> fields() {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("Version", VERSION);
        fields.put("Commit", commit());
        fields.put("Repo", String.valueOf(REPO_VERSION));
        fields.put("System", system());
        fields.put("Java", java());
        return fields;
    }

    /** The lines with which a daemon starts. */
    static String forDaemon() {
        return """
                Kubo version: %s
                s3ds version: %s
                Repo version: %d
                System version: %s
                Java version: %s""".formatted(KUBO_VERSION, VERSION, REPO_VERSION, system(), java());
    }

    /** The page {@code /version} of a daemon. */
    static String page() {
        return "Commit: %s\nClient Version: %s\n".formatted(commit(), SERVER);
    }

    /** What a daemon says of itself: clients look for the version of Kubo, and people for ours. */
    static Map<String, String> kuboFields() {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("Version", KUBO_VERSION);
        fields.put("Commit", agent() + (commit().isEmpty() ? "" : "-" + commit()));
        fields.put("Repo", String.valueOf(REPO_VERSION));
        fields.put("System", system());
        fields.put("Golang", java());
        return fields;
    }

    /** The libraries that it runs with, by the names of their jars: each name with its version. */
    static Map<String, String> libraries() {
        Map<String, String> libraries = new TreeMap<>();
        for (String file : System.getProperty("java.class.path", "").split(File.pathSeparator, -1)) {
            Matcher jar = JAR.matcher(file);
            if (jar.find()) {
                libraries.put(jar.group(1), "v" + jar.group(2));
            }
        }
        return libraries;
    }

    /** What this program calls itself to others. */
    static String agent() {
        return "s3ds/" + VERSION;
    }

    /** Processor and operating system, such as {@code amd64/linux}. */
    static String system() {
        return (System.getProperty("os.arch") + "/" + System.getProperty("os.name")).toLowerCase(Locale.ROOT);
    }

    /** The Java it runs on. */
    static String java() {
        return System.getProperty("java.vm.name") + " " + Runtime.version();
    }
}
