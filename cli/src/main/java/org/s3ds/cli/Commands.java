package org.s3ds.cli;

/** Every command there is. A command's class is loaded when it is run, not before. */
final class Commands {
    /** The command without a word: {@code s3ds} itself. */
    static final Command ROOT = Command.group(
            "s3ds",
            "IPFS blocks in an S3 bucket.",
            Command.of("version", "Show the version of s3ds.", session -> new VersionCommand(session)));

    private Commands() {}
}
