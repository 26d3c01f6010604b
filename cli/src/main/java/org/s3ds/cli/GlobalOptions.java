package org.s3ds.cli;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that every command takes. */
final class GlobalOptions {
    /** The ones among them that are followed by a value, as they are written. */
    static final Set<String> WITH_VALUE = Set.of(
            "--repo-dir",
            "--config",
            "-c",
            "--config-file",
            "--timeout",
            "--cid-base",
            "--encoding",
            "--enc",
            "--metrics",
            "--api",
            "--api-auth");

    /** The ones that say what a daemon is to do. */
    static final Set<String> SENT =
            Set.of("--offline", "--local", "--timeout", "--cid-base", "--upgrade-cidv0-in-output");

    @Option(
            names = {"--repo-dir", "--config", "-c"},
            paramLabel = "<dir>",
            description = "The folder of the repo. Default: $IPFS_PATH, else ~/.ipfs.")
    String repoDir = "";

    @Option(
            names = {"--config-file"},
            paramLabel = "<file>",
            hidden = true)
    String configFile = "";

    @Option(
            names = {"--api"},
            paramLabel = "<address>",
            description = "Ask the daemon that listens there, such as /ip4/127.0.0.1/tcp/5001."
                    + " Default: the one that the repo's file api names, if it is there.")
    String api = "";

    @Option(
            names = {"--api-auth"},
            paramLabel = "<secret>",
            description = "The secret with which the daemon knows who calls, as in API.Authorizations.")
    String apiAuthorization = "";

    @Option(
            names = {"--offline"},
            description = "Run without the network. Always so: s3ds has no peers.")
    boolean offline;

    @Option(
            names = {"--local", "-L"},
            hidden = true)
    boolean local;

    @Option(
            names = {"--timeout"},
            paramLabel = "<duration>",
            description = "Give up after this time, such as 30s or 5m.")
    String timeout = "";

    @Option(
            names = {"--cid-base"},
            paramLabel = "<base>",
            description = "Print CIDs in this multibase; any but base58btc also turns CIDv0 into CIDv1.")
    String cidBase = "";

    @Option(
            names = {"--upgrade-cidv0-in-output"},
            description = "Print CIDv0 as CIDv1. Default: true when --cid-base names another base than base58btc.")
    @Nullable
    Boolean upgradeCidV0;

    @Option(
            names = {"--encoding", "--enc"},
            paramLabel = "<type>",
            description = "Print results as text or json; add, ls, block rm, cid format and cid base32 know text alone."
                    + " Default: text.")
    String encoding = "text";

    @Option(
            names = {"--metrics"},
            paramLabel = "<file>",
            description = "At the end, write to this file what was counted, in Prometheus's text format: S3 requests,"
                    + " their latency and cost, and whatever the spec measures.")
    String metrics = "";

    @Option(
            names = {"--debug", "-D"},
            description =
                    "Show on standard error what is sent to S3 and tried again, and where in the program a failure"
                            + " happened.")
    boolean debug;

    @Option(
            names = {"--help", "-h"},
            usageHelp = true,
            description = "Show what the command does and what it takes.")
    boolean help;
}
