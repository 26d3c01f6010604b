package org.s3ds.node.migrate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RepoOwnerTest {
    @TempDir
    private Path repo;

    @Test
    void rootAloneIsKeptFromTheRepoOfAnother() {
        assertEquals(
                Optional.of("the repo at " + repo
                        + " is the user ipfs's, who could not read what root makes there: run it as that user"),
                RepoOwner.refusal(repo, 0, 1000, "ipfs"));
        assertEquals(Optional.empty(), RepoOwner.refusal(repo, 0, 0, "root"));
        assertEquals(Optional.empty(), RepoOwner.refusal(repo, 1000, 1000, "ipfs"));
        assertEquals(Optional.empty(), RepoOwner.refusal(repo, 1001, 1000, "ipfs"));
    }

    @Test
    void whoeverHasMadeTheRepoMayMoveIt() throws Exception {
        MigrationLock.take(repo).close();
    }

    /** Only root can give a folder away. */
    @Test
    void nothingIsMadeInARepoThatIsAnothers() throws Exception {
        assumeTrue(Files.getAttribute(repo, "unix:uid").equals(0));
        Files.setAttribute(repo, "unix:uid", 65_534);
        assertThrows(MigrationException.class, () -> MigrationLock.take(repo));
        assertFalse(Files.exists(repo.resolve("s3ds")));
    }
}
