package org.s3ds.cli;

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

    /** Processor and operating system, such as {@code amd64/linux}. */
    static String system() {
        return (System.getProperty("os.arch") + "/" + System.getProperty("os.name")).toLowerCase(java.util.Locale.ROOT);
    }

    /** The Java it runs on. */
    static String java() {
        return System.getProperty("java.vm.name") + " " + Runtime.version();
    }
}
