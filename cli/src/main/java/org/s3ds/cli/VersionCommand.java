package org.s3ds.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code version}: the version of this program. */
@Command(footer = "s3ds version --repo        the version of the repos it reads and writes")
final class VersionCommand implements Action {
    private final TerminalSession session;

    @Option(
            names = {"--number", "-n"},
            description = "Only the version number.")
    private boolean number;

    @Option(names = "--commit", description = "The commit it was built from as well.")
    private boolean commit;

    @Option(names = "--repo", description = "Only the version of the repos it reads and writes.")
    private boolean repo;

    @Option(names = "--all", description = "Everything there is to know about this build.")
    private boolean all;

    VersionCommand(TerminalSession session) {
        this.session = session;
    }

    @Override
    public void run() throws UsageException {
        if (session.json()) {
            session.print("", Product.fields());
        } else {
            session.terminal().out().println(text());
        }
    }

    private String text() {
        String version = Product.VERSION;
        if ((commit || all) && !Product.commit().isEmpty()) {
            version += "-" + Product.commit();
        }
        if (all) {
            return """
                    s3ds version: %s
                    Repo version: %d
                    System version: %s
                    Java version: %s""".formatted(version, Product.REPO_VERSION, Product.system(), Product.java());
        }
        if (repo) {
            return String.valueOf(Product.REPO_VERSION);
        }
        return number ? version : "s3ds version " + version;
    }
}
