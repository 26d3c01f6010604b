package org.s3ds.node.plugins;

import java.nio.file.Path;
import java.util.ServiceConfigurationError;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.s3ds.datastore.DatastoreException;

/**
 * How code of a plugin is run: with the plugin's own class loader as that of the thread, since libraries look there for
 * what they need, and would find the program's.
 *
 * @param jar its jar
 */
record PluginCode(NamedJar jar, PluginLabel label, ClassLoader loader) {
    private static final Pattern CLASS_VERSION = Pattern.compile("class file version (\\d+)");

    /** Class files of Java 1 have the version 45. */
    private static final int BEFORE_JAVA_1 = 44;

    /** Something that only a plugin can do. */
    @FunctionalInterface
    interface Call<T> {
        T make() throws DatastoreException;
    }

    /** Something that only a plugin can do, without a result. */
    @FunctionalInterface
    interface Action {
        void run() throws DatastoreException;
    }

    /** What sentences call its jar. */
    Path file() {
        return jar.shown();
    }

    /** Makes a call, and tells of a class that cannot be linked in a sentence. */
    <T> T call(Call<T> call) throws DatastoreException {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            return call.make();
        } catch (LinkageError e) {
            throw new DatastoreException(whatIsWrong(e), e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** The same for a call without a result. */
    void run(Action action) throws DatastoreException {
        call(() -> {
            action.run();
            return true;
        });
    }

    /** Makes a call before there is a store: what no caller could be to blame for is told in a sentence, too. */
    <T> T prepare(Call<T> call) throws DatastoreException {
        try {
            return call(call);
        } catch (RuntimeException | AssertionError e) {
            throw new DatastoreException(
                    "%s (%s) failed: %s; take another build of it, or tell who made it".formatted(file(), label, e), e);
        }
    }

    /** The sentence for a class that could not be loaded, linked or made. */
    String whatIsWrong(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case UnsupportedClassVersionError e -> {
                    return ofAnotherJava(e);
                }
                case NoClassDefFoundError e -> {
                    return incomplete(e);
                }
                case ClassNotFoundException e -> {
                    return incomplete(e);
                }
                case NoSuchMethodException e -> {
                    return unusable("it needs " + e.getMessage() + ", which is not there or not public");
                }
                default -> {}
            }
        }
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return unusable(
                root instanceof ServiceConfigurationError ? String.valueOf(root.getMessage()) : root.toString());
    }

    /** The sentence for a plugin that is no good. */
    String unusable(String reason) {
        return "%s (%s) cannot be loaded: %s; take another build of it%s"
                .formatted(file(), label, reason, jar.toRemove(", or remove it"));
    }

    private String ofAnotherJava(UnsupportedClassVersionError e) {
        Matcher version = CLASS_VERSION.matcher(String.valueOf(e.getMessage()));
        String needed = version.find() ? String.valueOf(Integer.parseInt(version.group(1)) - BEFORE_JAVA_1) : "newer";
        return "%s (%s) was compiled for Java %s, and this is Java %d: run s3ds with Java %s, or take another build of it"
                .formatted(file(), label, needed, Runtime.version().feature(), needed);
    }

    private String incomplete(Throwable missing) {
        String name = String.valueOf(missing.getMessage()).replace('/', '.');
        return "%s (%s) is not complete: it needs the class %s, which is not in it; take another build of it%s"
                .formatted(file(), label, name, jar.toRemove(", or remove it"));
    }
}
