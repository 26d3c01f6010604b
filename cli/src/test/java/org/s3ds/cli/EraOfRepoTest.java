package org.s3ds.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether another program had the repo in between, with real LevelDB files. */
class EraOfRepoTest {
    private static final Pattern NAME = Pattern.compile("\"era\":\"([0-9a-f]{32})\"");

    @TempDir
    private Path directory;

    private Cli cli = new Cli(Path.of(""));

    @BeforeEach
    void init() throws IOException {
        cli = new Cli(directory);
        run("init", "--profile=flatfs");
        Files.createDirectory(cli.repo().resolve("index"));
    }

    @Test
    void commandsStayInTheirEra() throws Exception {
        String first = session();
        run("pin", "ls");
        run("repo", "stat");
        run("config", "Datastore.StorageMax", "11GB");
        assertEquals(first, session());
    }

    @Test
    void aKillEndsNoEra() throws Exception {
        String first = session();
        kill();
        assertEquals(first, session());
        kill();
        kill();
        assertEquals(first, session());
    }

    @Test
    void aCopyOfTheRepoHasAnEraOfItsOwn() throws Exception {
        String first = session();
        Path other = directory.resolve("other");
        Process copy = new ProcessBuilder("cp", "-a", cli.repo().toString(), other.toString()).start();
        assertEquals(0, copy.waitFor());
        cli.with("IPFS_PATH", other.toString());
        run("pin", "ls");
        assertNotEquals(first, era(other));
        cli.with("IPFS_PATH", cli.repo().toString());
        assertEquals(first, session());
    }

    final Cli cli() {
        return cli;
    }

    /** Opens the repo, and closes it. */
    final String session() throws IOException {
        run("pin", "ls");
        return era(cli.repo());
    }

    /** Opens it, and kills who has it open. */
    final void kill() throws Exception {
        Process holder = RepoHolder.start(cli.repo());
        holder.destroyForcibly();
        holder.waitFor();
    }

    private void run(String... words) {
        Cli.Result result = cli.run(words);
        assertEquals(0, result.exit(), result.err());
    }

    private static String era(Path repo) throws IOException {
        Matcher name = NAME.matcher(Files.readString(repo.resolve("s3ds/era.json")));
        return name.find() ? name.group(1) : "none";
    }
}
