package org.s3ds.node.repo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** The {@code version} file of a repo: one number and a line break. Never rewritten here. */
final class RepoVersion {
    static final String FILE = "version";
    static final int CURRENT = 18;

    static final String MIGRATE = """
            See https://github.com/ipfs/fs-repo-migrations/blob/master/run.md
            Sorry for the inconvenience. In the future, these will run automatically.""";

    private RepoVersion() {}

    static byte[] bytes() {
        return (CURRENT + "\n").getBytes(StandardCharsets.US_ASCII);
    }

    /** Refuses every version but {@link #CURRENT}, in Kubo's sentences. */
    static void check(Path repo) throws IOException {
        int found = read(repo);
        if (found < CURRENT) {
            throw new RepoException("ipfs repo needs migration, please run migration tool.\n" + MIGRATE);
        }
        if (found > CURRENT) {
            throw new RepoException("""
                    Your programs version (%d) is lower than your repos (%d).
                    Please update ipfs to a version that supports the existing repo, or run
                    a migration in reverse.

                    See https://github.com/ipfs/fs-repo-migrations/blob/master/run.md for details.""".formatted(CURRENT, found));
        }
    }

    private static int read(Path repo) throws IOException {
        try {
            return Integer.parseInt(Files.readString(repo.resolve(FILE)).strip());
        } catch (NoSuchFileException e) {
            throw new RepoException("no version file found, please run 0-to-1 migration tool.\n" + MIGRATE, e);
        } catch (NumberFormatException e) {
            throw new RepoException("invalid data in repo version file", e);
        }
    }
}
