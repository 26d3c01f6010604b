package org.s3ds.cli;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.s3ds.node.Node;
import org.s3ds.node.repo.ByteSize;
import org.s3ds.node.repo.Config;
import org.s3ds.node.repo.Json;
import org.s3ds.node.upkeep.Inventory;
import org.s3ds.rpc.Reply;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code repo stat}: how much there is. */
@Command(
        description = {
            "Prints how many blocks there are, and how much they and the rest of the repo take. Of blocks in a bucket the",
            "index tells it. When it does not know all of them, the figures are those of their last listing, and ListedAt",
            "says of when that was; when there was none, they are listed."
        },
        footer = {"s3ds repo stat", "s3ds repo stat --fresh --human"})
final class RepoStatCommand implements Operation.OfNode {
    private final Session session;

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

    RepoStatCommand(Session session) {
        this.session = session;
    }

    @Override
    public void perform(Reply reply) throws IOException {
        Node node = session.node();
        try (BlockProgress progress = new BlockProgress(session.watcher(), session.usualBlocks())) {
            Inventory.Figures figures = new Inventory(
                            node.repo(), node.blocks(), InstantSource.system(), session::warn, progress::show)
                    .take(!sizeOnly, fresh);
            progress.clear();
            reply.only(fields(figures, limit(session.config())));
        }
    }

    private Map<String, Object> fields(Inventory.Figures figures, BigDecimal limit) throws IOException {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("RepoSize", figures.bytes());
        fields.put("StorageMax", limit);
        fields.put("NumObjects", figures.blocks());
        fields.put("RepoPath", sizeOnly ? "" : session.repoName());
        fields.put("Version", sizeOnly ? "" : version());
        listedAt(figures).ifPresent(time -> fields.put("ListedAt", time));
        return fields;
    }

    @Override
    public Display display(Terminal terminal) {
        return Display.lines(terminal, fields -> json ? Json.pretty(fields) : text(fields));
    }

    private String text(Map<?, ?> fields) {
        StringBuilder text = new StringBuilder();
        if (!sizeOnly) {
            text.append(line("NumObjects", fields.get("NumObjects")));
        }
        text.append(line("RepoSize", size(fields.get("RepoSize"))));
        text.append(line("StorageMax", size(fields.get("StorageMax"))));
        if (!sizeOnly) {
            text.append(line("RepoPath", fields.get("RepoPath"))).append(line("Version", fields.get("Version")));
        }
        if (fields.get("ListedAt") instanceof String time) {
            text.append(line("ListedAt", time));
        }
        return text.toString().strip();
    }

    private String size(@Nullable Object bytes) {
        return human && bytes instanceof Number number ? HumanSize.of(number.doubleValue()) : String.valueOf(bytes);
    }

    private static String line(String name, @Nullable Object value) {
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

    private static Optional<String> listedAt(Inventory.Figures figures) {
        return figures.listed()
                .map(time -> time.truncatedTo(ChronoUnit.SECONDS))
                .map(Instant::toString);
    }
}
