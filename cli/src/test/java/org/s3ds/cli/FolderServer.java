package org.s3ds.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.s3ds.embedded.EmbeddedS3;

/** An embedded server for the tests of a class. Its buckets are folders: a test may look into them, and change them. */
final class FolderServer implements BeforeAllCallback, AfterAllCallback {
    private static final String SECRET_FILE = "secret";

    private Path folder = Path.of("");
    private @Nullable EmbeddedS3 running;

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        folder = Files.createTempDirectory("buckets");
        running = EmbeddedS3.start(folder);
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        server().close();
        removeAll(folder);
    }

    /** Removes a folder and all that is in it. */
    static void removeAll(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private EmbeddedS3 server() {
        if (running == null) {
            throw new IllegalStateException("it was not started");
        }
        return running;
    }

    /** Where the buckets are. */
    Path folder() {
        return folder;
    }

    URI endpoint() {
        return server().endpoint();
    }

    String accessKey() {
        return server().accessKey();
    }

    String secretKey() {
        return server().secretKey();
    }

    /** Makes an empty bucket; gives its name. */
    String bucket(String name) throws IOException {
        Files.createDirectory(folder.resolve(name));
        return name;
    }

    /** Somebody whose folder has the secret key in a file, as {@link #options} say. */
    Cli user(Path home) throws IOException {
        Files.writeString(home.resolve(SECRET_FILE), secretKey() + "\n");
        return new Cli(home);
    }

    /** A command with the options that name a bucket, and more words. */
    String[] options(String command, String bucket, String... more) {
        return options(command, bucket, endpoint(), more);
    }

    /** The same of a bucket that is said to be elsewhere. */
    String[] options(String command, String bucket, URI endpoint, String... more) {
        List<String> words = new ArrayList<>(List.of(command, "--bucket", bucket));
        words.addAll(List.of(more));
        return reaching(endpoint, words);
    }

    /** A command whose arguments name buckets, with the options that say how they are reached. */
    String[] reaching(String... words) {
        return reaching(endpoint(), List.of(words));
    }

    private String[] reaching(URI endpoint, List<String> command) {
        List<String> words = new ArrayList<>(command);
        words.addAll(List.of("--region", "us-east-1", "--endpoint", endpoint.toString()));
        words.addAll(List.of("--access-key", accessKey(), "--secret-key-file", SECRET_FILE));
        return words.toArray(String[]::new);
    }
}
