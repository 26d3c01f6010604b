package org.s3ds.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** The file of a repo that says where its daemon listens, as Kubo's {@code api}. */
final class ApiFile {
    private static final int MOST = 2047;

    private static final String NAME = "api";

    private ApiFile() {}

    /**
     * Says where a daemon listens, at once or not at all. A host that stands for every interface is given as loopback,
     * as nobody can call it. Who closes the repo removes the file.
     */
    static void write(Path repo, String address) throws IOException {
        String called = address.replace("/ip4/0.0.0.0/", "/ip4/127.0.0.1/").replace("/ip6/::/", "/ip6/::1/");
        Path fresh = repo.resolve(".api.tmp");
        Files.writeString(fresh, called);
        Files.move(fresh, repo.resolve(NAME), StandardCopyOption.ATOMIC_MOVE);
    }

    /**
     * The address of the first listener; empty when no daemon runs.
     *
     * @throws IOException when the file cannot be read, or is no address
     */
    static Optional<String> read(Path repo) throws IOException {
        Path file = repo.resolve(NAME);
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MOST + 1);
            if (bytes.length > MOST) {
                throw new IOException("API file too large, must be <2048 bytes long: " + file);
            }
            return Optional.of(new String(bytes, StandardCharsets.UTF_8).strip());
        } catch (NoSuchFileException _) {
            return Optional.empty();
        }
    }
}
