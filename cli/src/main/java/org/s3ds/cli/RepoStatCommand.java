package org.s3ds.cli;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.s3ds.node.Node;
import org.s3ds.node.repo.ByteSize;
import org.s3ds.node.repo.Config;
import org.s3ds.node.repo.Json;
import org.s3ds.node.repo.RepoPath;
import org.s3ds.node.upkeep.Inventory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code repo stat}: how much there is. */
@Command(
        description = {
            "Prints how many blocks there are, and how much they and the rest of the repo take. Of blocks in a bucket the",
            "figures are those of the last listing of all of them, and ListedAt says of when that was; when there was none,",
            "they are listed."
        },
        footer = {"s3ds repo stat", "s3ds repo stat --fresh --human"})
final class RepoStatCommand implements Action {
    private final TerminalSession session;

    @Option(
            names = {"--size-only", "-s"},
            description = "Only RepoSize and StorageMax.")
    private boolean sizeOnly;

    @Option(
            names = {"--human", "-H"},
            description = "Print sizes in kB, MB, GB and so on.")
    private boolean human;

    @Option(names = "--fresh", description = "List the blocks of a bucket now: a request for every thousand.")
    private boolean fresh;

    @Option(names = "--json", description = "Print them as JSON.")
    private boolean json;

    RepoStatCommand(TerminalSession session) {
        this.session = session;
    }

    @Override
    public void run() throws IOException {
        Node node = session.node();
        BigDecimal limit = limit(node.repo().config());
        Inventory.Figures figures;
        try (BlockProgress progress = new BlockProgress(session.terminal(), session.usualBlocks())) {
            figures = new Inventory(node.repo(), node.blocks(), InstantSource.system(), session::warn, progress::show)
                    .take(!sizeOnly, fresh);
        }
        if (json) {
            session.terminal().out().println(Json.pretty(fields(figures, limit)));
        } else {
            session.print(text(figures, limit), fields(figures, limit));
        }
    }

    private Map<String, Object> fields(Inventory.Figures figures, BigDecimal limit) throws IOException {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("RepoSize", figures.bytes());
        fields.put("StorageMax", limit);
        fields.put("NumObjects", figures.blocks());
        fields.put("RepoPath", sizeOnly ? "" : path());
        fields.put("Version", sizeOnly ? "" : version());
        listedAt(figures).ifPresent(time -> fields.put("ListedAt", time));
        return fields;
    }

    private String text(Inventory.Figures figures, BigDecimal limit) throws IOException {
        String size = human ? HumanSize.of(figures.bytes()) : String.valueOf(figures.bytes());
        String most = human ? HumanSize.of(limit.doubleValue()) : limit.toString();
        String text = line("RepoSize", size) + line("StorageMax", most);
        if (!sizeOnly) {
            text = line("NumObjects", String.valueOf(figures.blocks()))
                    + text
                    + line("RepoPath", path())
                    + line("Version", version());
        }
        return (text + listedAt(figures).map(time -> line("ListedAt", time)).orElse("")).strip();
    }

    private static String line(String name, String value) {
        return "%-12s%s\n".formatted(name + ":", value);
    }

    private static String version() {
        return "fs-repo@" + Product.REPO_VERSION;
    }

    /** As much as may be; what Kubo takes when nothing is said is the greatest number it knows. */
    private static BigDecimal limit(Config config) throws IOException {
        Object value = config.find("Datastore.StorageMax").orElse("");
        return value.equals("") ? ByteSize.MOST : ByteSize.parse(String.valueOf(value), "Datastore.StorageMax");
    }

    /** What the environment says, even where {@code --repo-dir} says something else: Kubo has it so. */
    private String path() throws IOException {
        String name = session.terminal().variable("IPFS_PATH").orElse("~/.ipfs");
        return name.startsWith("~")
                ? RepoPath.expand(name, session.terminal().environment()).toString()
                : name;
    }

    private static Optional<String> listedAt(Inventory.Figures figures) {
        return figures.listed()
                .map(time -> time.truncatedTo(ChronoUnit.SECONDS))
                .map(Instant::toString);
    }
}
