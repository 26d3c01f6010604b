package org.s3ds.node.repo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The {@code version} file of a repo: one number and a line break. Never rewritten here. Since version 12 blocks, pins
 * and the datastore are laid out alike, only the config changed: those are read, but not written to, since what s3ds
 * writes into a config is of version 18.
 */
final class RepoVersion {
    static final String FILE = "version";
    static final int CURRENT = 18;
    private static final int OLDEST_READ = 12;

    static final String MIGRATE = """
            See https://github.com/ipfs/fs-repo-migrations/blob/master/run.md
            Sorry for the inconvenience. In the future, these will run automatically.""";

    private RepoVersion() {}

    static byte[] bytes() {
        return (CURRENT + "\n").getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * The version of a repo that can be opened, if only to be read. Any other is refused, in Kubo's sentences.
     *
     * @return 12 to 18
     */
    static int check(Path repo) throws IOException {
        int found = read(repo);
        if (found < OLDEST_READ) {
            throw new RepoException("ipfs repo needs migration, please run migration tool.\n" + MIGRATE);
        }
        if (found > CURRENT) {
            throw new RepoException("""
                    Your programs version (%d) is lower than your repos (%d).
                    Please update ipfs to a version that supports the existing repo, or run
                    a migration in reverse.

                    See https://github.com/ipfs/fs-repo-migrations/blob/master/run.md for details.""".formatted(CURRENT, found));
        }
        return found;
    }

    /**
     * Why a repo may not be written to, as a sentence that says what to do.
     *
     * @return empty when it may
     */
    static Optional<String> refusal(int version) {
        return version == CURRENT
                ? Optional.empty()
                : Optional.of(("this repo has version %d, which s3ds reads but does not write to: it writes version %d."
                                + " Let Kubo migrate the repo first (ipfs repo migrate), then try again")
                        .formatted(version, CURRENT));
    }

    /**
     * The refusal for a repo that nobody has locked yet: the version may change until it is, or be no version at all.
     */
    static Optional<String> likelyRefusal(Path repo) {
        try {
            return refusal(check(repo));
        } catch (IOException e) {
            return Optional.empty();
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
