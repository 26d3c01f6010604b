package org.s3ds.index;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.KeyTable;
import org.s3ds.datastore.TableChanges;

/** The end of the process, at any moment, takes nothing of what was written. */
final class KilledTest {
    private static final int ROUNDS = 3;
    private static final int LINES = 1_000;

    @TempDir
    private Path folder;

    @Test
    void whatAKilledProcessHadWrittenIsThere() throws Exception {
        long written = 0;
        for (int round = 0; round < ROUNDS; round++) {
            written = writeUntilKilled(written);
            try (KeyTable table = new RocksTables(folder, "1").open("t")) {
                assertFalse(table.hasLostWrites());
                for (long i = 0; i < written; i++) {
                    assertNotNull(table.get(key(i)), "of " + written + ": " + i);
                }
                assertTrue(table.intents().size() <= 1, "one by one");
            }
        }
    }

    /** How many entries a process said that it had written; it is killed at once. */
    private long writeUntilKilled(long first) throws IOException, InterruptedException {
        Process writer = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledTest.class.getName(),
                        folder.toString(),
                        String.valueOf(first))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String last = "";
        try (BufferedReader lines = writer.inputReader()) {
            for (int line = 0; line < LINES; line++) {
                last = lines.readLine();
            }
            writer.destroyForcibly().waitFor();
        }
        return Long.parseLong(last) + 1;
    }

    /** Writes, and says so, without an end. */
    static void main(String[] arguments) throws IOException {
        KeyTable table = new RocksTables(Path.of(arguments[0]), "1").open("t");
        for (long i = Long.parseLong(arguments[1]); true; i++) {
            table.write(new TableChanges().intend(key(i)));
            table.write(new TableChanges().put(key(i), new byte[8]).settle(key(i)));
            System.out.println(i);
        }
    }

    private static Key key(long i) {
        return BlockKeys.key(
                ByteBuffer.allocate(32).putLong(i * 0x9e3779b97f4a7c15L).array());
    }
}
