package org.s3ds.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * One command that was run with Kubo 0.42.0, and what Kubo answered.
 *
 * @param number its place in the file, from 0
 * @param words the command line without {@code ipfs}; {@code $NAME} stands for a saved value
 * @param exit the exit code
 * @param out standard output; empty when only its hash was kept
 * @param outSha256 the hash of standard output
 * @param err standard error
 * @param input a pipe on standard input; empty for {@code /dev/null}
 */
record Exchange(
        int number,
        List<String> words,
        int exit,
        Optional<String> out,
        Optional<String> outSha256,
        String err,
        Optional<String> input) {
    Exchange {
        words = List.copyOf(words);
    }

    /** Compares exit code, the first line of standard error, and standard output. */
    void assertAnswered(Cli cli, Cli.Result result) {
        assertEquals(firstErrorLine(), result.firstErrorLine(), () -> this + ": standard error");
        assertEquals(exit, result.exit(), () -> this + ": exit code");
        if (out.isPresent()) {
            assertEquals(expectedOut(cli), comparable(result.out(), cli), () -> this + ": standard output");
        } else {
            assertEquals(outSha256.orElse(""), sha256(cli.lastOutput()), () -> this + ": hash of standard output");
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    /** What Kubo printed, with this program's name and version in place of Kubo's. */
    String expectedOut(Cli cli) {
        return comparable(out.orElse(""), cli)
                .replaceFirst("^ipfs version 0\\.42\\.0", "s3ds version 0.1.0")
                .replaceFirst("^0\\.42\\.0", "0.1.0")
                .replaceFirst("^kubo/0\\.42\\.0", "s3ds/0.1.0");
    }

    /** An output without what is new each time. */
    String comparable(String text, Cli cli) {
        return text.replaceAll("12D3KooW\\w+", "<peer>")
                .replaceAll("k51\\w+", "<key>")
                .replace(cli.repo().toString(), "$IPFS_PATH");
    }

    private String firstErrorLine() {
        return err.lines().findFirst().orElse("").replaceFirst("^ipfs: ", "s3ds: ");
    }

    @Override
    public String toString() {
        return "exchange " + number + " " + String.join(" ", words);
    }
}
