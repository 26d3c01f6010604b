package org.s3ds.cli;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What this program is. */
final class Product {
    /** Its version. */
    static final String VERSION = "0.1.0";

    /** The version of the repos it reads and writes: that of Kubo's repos. */
    static final int REPO_VERSION = 18;

    private Product() {}

    /** {@code -} and the commit it was built from; empty when the build did not say. */
    static String commit() {
        return "";
    }

    /** What {@code version} says in JSON. */
    static Map<String, String> fields() {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("Version", VERSION);
        fields.put("Commit", "");
        fields.put("Repo", String.valueOf(REPO_VERSION));
        fields.put("System", system());
        fields.put("Java", java());
        return fields;
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
