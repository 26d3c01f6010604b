package org.s3ds.cli;

import picocli.CommandLine.Option;

/**
 * Options of Kubo's daemon that have no effect here: there is no network, no WebUI and no migration, and Java raises
 * the limits of the operating system by itself. What would be missed is refused.
 */
final class NetworkOptions {
    @Option(names = "--routing", hidden = true)
    String routing = "default";

    @Option(names = "--mount", hidden = true)
    boolean mount;

    @Option(
            names = {"--mount-ipfs", "--mount-ipns", "--mount-mfs"},
            hidden = true)
    String mountpoint = "";

    @Option(
            names = {
                "--migrate",
                "--unrestricted-api",
                "--disable-transport-encryption",
                "--manage-fdlimit",
                "--enable-pubsub-experiment",
                "--enable-namesys-pubsub",
                "--enable-mplex-experiment"
            },
            hidden = true)
    boolean ignored;

    @Option(names = "--agent-version-suffix", hidden = true)
    String agent = "";

    /** Kubo offline mounts nothing either. */
    void refuse() throws UsageException {
        if (mount) {
            throw UsageException.withoutUsage("mount is not currently supported in offline mode");
        }
    }
}
