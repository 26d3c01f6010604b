package org.s3ds.s3.credentials;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A program that prints keys in JSON: {@code credential_process} of a profile.
 *
 * @param command as a shell reads it
 */
record KeyProcess(String command, Surroundings surroundings) {
    private static final int LONGEST_OUTPUT = 1 << 16;
    private static final int SECONDS = 60;

    Found run() throws IOException {
        boolean isWindows = System.getProperty("os.name", "").startsWith("Windows");
        List<String> words = isWindows ? List.of("cmd.exe", "/C", command) : List.of("sh", "-c", command);
        ProcessBuilder builder = new ProcessBuilder(words)
                .redirectInput(ProcessBuilder.Redirect.PIPE)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().clear();
        builder.environment().putAll(surroundings.variables());
        Process process = builder.start();
        process.getOutputStream().close();
        try (InputStream out = process.getInputStream()) {
            Thread watch = Thread.ofVirtual().name("s3ds-credential-process").start(() -> stopLate(process));
            String text = new String(out.readNBytes(LONGEST_OUTPUT), StandardCharsets.UTF_8);
            int status = process.waitFor();
            watch.interrupt();
            if (status != 0) {
                throw new IOException("its credential_process ended with status " + status);
            }
            return JsonKeys.parse(text, "SessionToken");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while its credential_process ran", e);
        } finally {
            process.destroyForcibly();
        }
    }

    private static void stopLate(Process process) {
        try {
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            // it ended in time
        }
    }
}
