package org.s3ds.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher, in a tree of its own with a false Maven and a false JDK, so that nothing is really built. */
class LauncherBuildTest {
    @TempDir
    Path directory;

    private Path tree;
    private Path maven;
    private final Map<String, String> environment = new TreeMap<>();

    @BeforeEach
    void layTree() throws Exception {
        tree = Files.createDirectories(directory.resolve("a tree"));
        Files.copy(LauncherProcess.launcher(), tree.resolve("s3ds"), StandardCopyOption.COPY_ATTRIBUTES);
        Files.createDirectories(tree.resolve("cli/src/main/java"));
        write("pom.xml", "");
        write("cli/pom.xml", "");
        write("cli/src/main/java/Main.java", "");
        maven = script("mvn", "echo built >> \"$0.log\"; mkdir -p cli/target/app; touch cli/target/app/built");
        layJdk("jdks/new", "25.0.1");
        environment.put("S3DS_MAVEN", maven.toString());
        environment.put("S3DS_JAVA_ROOTS", directory.resolve("jdks").toString());
        environment.put("PATH", "/usr/bin:/bin");
        environment.put("JAVA_HOME", "");
        environment.put("LC_ALL", "C");
    }

    private void layJdk(String folder, String version) throws IOException {
        Path home = directory.resolve(folder);
        Files.createDirectories(home);
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
        for (String tool : List.of("java", "javac")) {
            script(folder + "/bin/" + tool, "echo \"$0\" \"$LC_ALL\"; for a; do echo \"<$a>\"; done; exit 7");
        }
    }

    private Path write(String file, String text) throws IOException {
        Path path = Files.writeString(tree.resolve(file), text);
        Files.setLastModifiedTime(path, FileTime.from(Instant.now().minusSeconds(60)));
        return path;
    }

    private Path script(String file, String commands) throws IOException {
        Path path = directory.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, "#!/bin/sh\n" + commands + "\n");
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
        return path;
    }

    private LauncherProcess.Result launch(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(tree.resolve("s3ds").toString()));
        command.addAll(List.of(arguments));
        return LauncherProcess.run(directory, environment, command);
    }

    private long builds() throws IOException {
        Path log = Path.of(maven + ".log");
        return Files.exists(log) ? Files.readAllLines(log).size() : 0;
    }

    @Test
    void theProgramIsBuiltOnceAndArgumentsLocaleAndExitCodeArePassed() throws Exception {
        LauncherProcess.Result first = launch("add", "a b", "*");
        assertTrue(first.err().startsWith("s3ds: building ("), first.err());
        assertTrue(first.out().startsWith(directory.resolve("jdks/new/bin/java") + " C.UTF-8\n"), first.out());
        assertTrue(first.out().endsWith("<org.s3ds.cli.Main>\n<add>\n<a b>\n<*>\n"), first.out());
        assertEquals(7, first.exit());
        assertEquals("", launch("version").err());
        assertEquals(1, builds());
    }

    @Test
    void theProgramLearnsFromWhichCommitItIsBuilt() throws Exception {
        script("mvn", "echo \"$*\" >> \"$0.log\"; mkdir -p cli/target/app; touch cli/target/app/built");
        script("bin/git", "echo 0212968ab-dirty");
        environment.put("PATH", directory.resolve("bin") + ":/usr/bin:/bin");
        launch();
        Files.createDirectory(tree.resolve(".git"));
        Files.delete(tree.resolve("cli/target/app/built"));
        launch();
        List<String> commands = Files.readAllLines(Path.of(maven + ".log"));
        assertTrue(commands.get(0).contains(" -Ds3ds.commit= "), "no commit of a repository around: " + commands);
        assertTrue(commands.get(1).contains(" -Ds3ds.commit=0212968ab-dirty "), commands.toString());
    }

    @Test
    void aSourceThatIsNewerIsBuiltAgain() throws Exception {
        launch();
        Path source = tree.resolve("cli/src/main/java/Main.java");
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(5)));
        launch();
        assertEquals(2, builds());
    }

    @Test
    void aBuildThatWasKilledHalfWayIsDoneAgain() throws Exception {
        Files.createDirectories(tree.resolve("cli/target/app"));
        Files.writeString(tree.resolve("cli/target/app/half.jar"), "half");
        Files.createSymbolicLink(tree.resolve(".s3ds-build"), Path.of("99999999"));
        assertEquals(7, launch().exit());
        assertEquals(1, builds());
        assertFalse(Files.exists(tree.resolve(".s3ds-build"), LinkOption.NOFOLLOW_LINKS));
    }

    @Test
    void twoThatStartAtOnceBuildOnce() throws Exception {
        script("mvn", "echo built >> \"$0.log\"; sleep 2; mkdir -p cli/target/app; touch cli/target/app/built");
        Process other = LauncherProcess.start(
                directory, environment, List.of(tree.resolve("s3ds").toString()));
        assertEquals(7, launch().exit());
        assertEquals(7, other.waitFor());
        assertEquals(1, builds());
    }

    @Test
    void aRehearsalThatFailsIsNotRepeatedAndNotTold() throws Exception {
        String failing = "case \"$*\" in *Rehearsal*) echo >> \"$0.log\"; echo broken; exit 1 ;; esac; exit 7";
        script("jdks/new/bin/java", failing);
        assertEquals("", launch().out());
        assertEquals(new LauncherProcess.Result(7, "", ""), launch());
        assertEquals(
                2,
                Files.readAllLines(directory.resolve("jdks/new/bin/java.log")).size());
    }

    @Test
    void whatWasLearntInARehearsalIsGivenToEveryStart() throws Exception {
        String learning = "case \"$*\" in *Rehearsal*) for a; do case $a in"
                + " -XX:AOTCacheOutput=*) echo learnt > \"${a#*=}\" ;; esac; done ;;"
                + " *) for a; do echo \"<$a>\"; done ;; esac";
        script("jdks/new/bin/java", learning);
        Path app = tree.toRealPath().resolve("cli/target/app");
        String commands = "<-XX:AOTCache=" + app.resolve("commands.aot") + ">";
        assertTrue(launch().out().contains(commands));
        assertTrue(launch("add", "daemon").out().contains(commands));
        assertTrue(launch("--debug", "daemon").out().contains("<-XX:AOTCache=" + app.resolve("daemon.aot") + ">"));
        assertEquals(1, builds());
    }

    @Test
    void aFailedBuildShowsMavensWords() throws Exception {
        script("mvn", "echo 'COMPILATION ERROR'; exit 1");
        LauncherProcess.Result result = launch();
        assertEquals(1, result.exit());
        assertTrue(
                result.err().endsWith("COMPILATION ERROR\nError: the build failed: Maven's words stand above\n"),
                result.err());
        assertFalse(Files.exists(tree.resolve(".s3ds-build"), LinkOption.NOFOLLOW_LINKS));
    }

    @Test
    void withoutAJdkItSaysWhatItLookedForAndWhere() throws Exception {
        layJdk("jdks/new", "24.0.2");
        LauncherProcess.Result result = launch("version");
        assertEquals(1, result.exit());
        assertEquals(
                "Error: s3ds needs a JDK 25 or newer and found none: looked at S3DS_JAVA_HOME, JAVA_HOME, the java on the"
                        + " PATH, and in " + directory.resolve("jdks") + "; install one (for example from"
                        + " https://adoptium.net) or set JAVA_HOME to the folder of one\n",
                result.err());
    }

    @Test
    void theLauncherWorksThroughASymbolicLinkFromAnyFolder() throws Exception {
        Files.createSymbolicLink(directory.resolve("link"), Path.of("a tree/s3ds"));
        Path other = Files.createDirectories(directory.resolve("other"));
        LauncherProcess.Result result = LauncherProcess.run(
                other, environment, List.of(directory.resolve("link").toString(), "version"));
        assertEquals(7, result.exit(), result.err());
    }
}
