package org.s3ds.s3.claims;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Random;

/** The folder of a repo of which claims on one place are all there is. */
public record TestRepo(Path folder, ClaimObjects place) {
    /** Always the same. */
    public static final InstantSource TIME = InstantSource.fixed(Instant.parse("2026-11-26T04:00:00Z"));

    private static final String NAME = "claim.json";

    /** Makes the folder. */
    public TestRepo {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A session of it. */
    public Claimant session() {
        return session(TIME);
    }

    /** A session of it at some time. */
    Claimant session(InstantSource time) {
        return new Claimant(
                "the place",
                place,
                new MemoryFile(file().resolveSibling(""), NAME),
                new Claimant.Surroundings(new Random(), time, "host-" + folder.getFileName()));
    }

    /** The file in which it remembers. */
    public Path file() {
        return folder.resolve("s3ds").resolve(NAME);
    }

    /** A copy of it as it is now. */
    public TestRepo copied(String name) throws IOException {
        TestRepo copy = new TestRepo(folder.resolveSibling(name), place);
        Files.createDirectories(copy.file().getParent());
        Files.copy(file(), copy.file(), StandardCopyOption.REPLACE_EXISTING);
        return copy;
    }
}
