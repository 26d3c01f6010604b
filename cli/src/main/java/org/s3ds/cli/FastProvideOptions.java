package org.s3ds.cli;

import picocli.CommandLine.Option;

/**
 * Options about telling a network what is here: there is none, so they are taken and have no effect, as in Kubo
 * offline.
 */
final class FastProvideOptions {
    @Option(names = "--fast-provide-root", hidden = true)
    boolean root;

    @Option(names = "--fast-provide-dag", hidden = true)
    boolean dag;

    @Option(names = "--fast-provide-wait", hidden = true)
    boolean waits;
}
