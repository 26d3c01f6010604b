package org.s3ds.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What a command has around it: streams, folder and environment. Tests make their own.
 *
 * @param in standard input; a command that was given too few arguments reads them from here
 * @param out results, in UTF-8
 * @param err everything else, in UTF-8
 * @param directory the absolute folder that relative paths start from
 * @param environment the environment variables
 * @param typedInput whether standard input is a terminal or another device, so that a reader would wait for a person
 * @param watched whether standard error is a terminal, so that progress is worth showing
 * @param watchedOutput whether standard output is a terminal
 */
public record Terminal(
        InputStream in,
        PrintStream out,
        PrintStream err,
        Path directory,
        Map<String, String> environment,
        boolean typedInput,
        boolean watched,
        boolean watchedOutput) {
    /** What is said when output was lost. */
    static final String UNWRITTEN =
            "not everything could be written to standard output: it was closed, or its disk is full";

    /** Copies the environment. */
    public Terminal {
        if (!directory.isAbsolute()) {
            throw new IllegalArgumentException("the folder of a terminal is absolute, this is not: " + directory);
        }
        environment = Map.copyOf(environment);
    }

    /** The file that a name on the command line means. */
    public Path resolve(String name) {
        return directory.resolve(name);
    }

    /** The value of an environment variable; empty when it is unset or the empty text. */
    public Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
    }

    /** Standard output for bytes: unlike {@link #out}, it fails when nobody reads any more. */
    public OutputStream bytes() {
        return new OutputStream() {
            @Override
            public void write(int value) throws IOException {
                write(new byte[] {(byte) value}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                out.write(bytes, offset, length);
                if (out.checkError()) {
                    throw new IOException(UNWRITTEN);
                }
            }

            @Override
            public void flush() {
                out.flush();
            }
        };
    }
}
