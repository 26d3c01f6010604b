package org.s3ds.cli;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.s3ds.rpc.Reply;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code version}: the version of this program; who asks a daemon hears of the Kubo that it stands for. */
@Command(footer = "s3ds version --repo        the version of the repos it reads and writes")
final class VersionCommand implements Operation.OfNode {
    private final Session session;

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

    VersionCommand(Session session) {
        this.session = session;
    }

    @Override
    public void perform(Reply reply) throws IOException {
        reply.only(session.servedBy().isPresent() ? Product.kuboFields() : Product.fields());
    }

    @Override
    public Display display(Terminal terminal) {
        return Display.lines(terminal, fields -> text());
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

    /** {@code version deps}: the libraries that this program runs with. */
    @Command(footer = "s3ds version deps")
    static final class Libraries implements Operation.OfNode {
        @Override
        public void perform(Reply reply) throws IOException {
            reply.value(fields("s3ds", "v" + Product.VERSION));
            for (Map.Entry<String, String> library : Product.libraries().entrySet()) {
                reply.value(fields(library.getKey(), library.getValue()));
            }
        }

        private static Map<String, String> fields(String name, String version) {
            Map<String, String> fields = new LinkedHashMap<>();
            fields.put("Path", name);
            fields.put("Version", version);
            fields.put("ReplacedBy", "");
            fields.put("Sum", "");
            return fields;
        }

        @Override
        public Display display(Terminal terminal) {
            return Display.lines(terminal, fields -> fields.get("Path") + "@" + fields.get("Version"));
        }
    }
}
