package org.s3ds.node.migrate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Keeps the superuser from moving another user's repo: the files that are replaced or made would be the superuser's,
 * and the node of the other could not read them.
 */
final class RepoOwner {
    private static final int SUPERUSER = 0;

    private RepoOwner() {}

    /**
     * Makes sure that what this process makes in a repo is its owner's. Where there are no such users nothing is looked
     * at.
     *
     * @throws MigrationException when it would be the superuser's instead
     */
    static void require(Path repo) throws IOException {
        if (repo.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            Optional<String> refusal =
                    refusal(repo, own(), uid(repo), Files.getOwner(repo).getName());
            if (refusal.isPresent()) {
                throw new MigrationException(refusal.get());
            }
        }
    }

    /** What to say to a process; empty when it may go on. */
    static Optional<String> refusal(Path repo, int process, int owner, String name) {
        return process == SUPERUSER && owner != SUPERUSER
                ? Optional.of(
                        "the repo at %s is the user %s's, who could not read what root makes there: run it as that user"
                                .formatted(repo, name))
                : Optional.empty();
    }

    /** The user that this process makes files as. */
    private static int own() throws IOException {
        Path file = Files.createTempFile("s3ds-", ".owner");
        try {
            return uid(file);
        } finally {
            Files.delete(file);
        }
    }

    private static int uid(Path file) throws IOException {
        return (Integer) Files.getAttribute(file, "unix:uid");
    }
}
