package org.s3ds.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.s3ds.node.repo.Json;
import org.s3ds.node.transfer.Comparison;
import org.s3ds.node.transfer.Comparison.Difference;
import org.s3ds.node.transfer.Known;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code diff}: how the blocks of two places differ. */
@Command(
        description = {
            "Lists two places, and prints each block that one of them alone has (< the first, > the second), or that they have",
            "with different sizes (!), by the name that its object or file has. Places are as for s3ds copy. Blocks are not",
            "read. The exit code is 1 when there is a difference."
        },
        footer = {
            "s3ds diff ~/.ipfs/blocks s3://my-bucket/node1 --region us-east-1",
            "s3ds diff repo s3://backup --region us-east-1 --json"
        })
final class DiffCommand implements Action {
    private final TerminalSession session;

    @Option(names = "--json", description = "Print each difference, and at the end the counts, as JSON on a line.")
    private boolean json;

    @Mixin
    private PlaceOptions options = new PlaceOptions();

    @Parameters(paramLabel = "<place>", arity = "2", description = "The two places.")
    private List<String> places = List.of();

    DiffCommand(TerminalSession session) {
        this.session = session;
    }

    @Override
    public void run() throws IOException {
        BlockPlace first =
                BlockPlace.parse(places.getFirst(), session.terminal().directory());
        BlockPlace second =
                BlockPlace.parse(places.getLast(), session.terminal().directory());
        Comparison found = compare(first, second);
        if (json || session.json()) {
            session.terminal().out().println(Json.compact(fields(found)));
        }
        if (!found.isSame()) {
            throw new IOException("%d in %s alone, %d in %s alone, %d with different sizes, %d the same"
                    .formatted(found.first(), first, found.second(), second, found.sizes(), found.same()));
        }
    }

    private Comparison compare(BlockPlace first, BlockPlace second) throws IOException {
        Places open = new Places(session, options);
        try (Known left = known(open, first, true);
                Known right = known(open, second, false)) {
            return Comparison.of(left, right, this::print);
        }
    }

    private Known known(Places open, BlockPlace place, boolean isFirst) throws IOException {
        Known known = Known.open(Files.createTempDirectory("s3ds-diff"));
        try (Places.Opened opened = open.toRead(List.of(place), isFirst);
                BlockProgress progress = new BlockProgress(Optional.of(session.terminal()), OptionalLong.empty())) {
            known.fill(opened.sources().getFirst(), so -> progress.show(so.count(), so.bytes()));
            return known;
        } catch (IOException | RuntimeException e) {
            try (known) {
                throw e;
            }
        }
    }

    private void print(Difference difference) throws IOException {
        session.terminal().out().println(json || session.json() ? Json.compact(fields(difference)) : text(difference));
    }

    private static String text(Difference difference) {
        String name = difference.key().base();
        if (difference.second().isEmpty()) {
            return "< %s %d".formatted(name, difference.first().orElseThrow());
        }
        return difference.first().isEmpty()
                ? "> %s %d".formatted(name, difference.second().orElseThrow())
                : "! %s %d %d"
                        .formatted(
                                name,
                                difference.first().orElseThrow(),
                                difference.second().orElseThrow());
    }

    private static Map<String, Object> fields(Difference difference) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("Name", difference.key().base());
        difference.first().ifPresent(size -> fields.put("First", size));
        difference.second().ifPresent(size -> fields.put("Second", size));
        return fields;
    }

    private static Map<String, Object> fields(Comparison found) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("Same", found.same());
        fields.put("FirstAlone", found.first());
        fields.put("SecondAlone", found.second());
        fields.put("DifferentSizes", found.sizes());
        return fields;
    }
}
