package org.s3ds.node.upkeep;

import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.FormatException;
import org.s3ds.node.repo.Repo;
import org.s3ds.node.repo.StateFields;
import org.s3ds.node.repo.StateFile;

/**
 * How far a {@link Verification} has come, kept in the repo until it has come to its end.
 *
 * @param place where the repo had its values, as {@link Repo#place} says it
 * @param options what it does
 * @param begun when it began
 * @param saved when it was here
 * @param last everything up to this block, in the order of names, was looked at; empty at the begin
 * @param tally what was counted
 * @param removed corrupt blocks that were removed, or were about to be
 */
public record VerifyPosition(
        String place,
        VerifyOptions options,
        Instant begun,
        Instant saved,
        Optional<Cid> last,
        Tally tally,
        List<Cid> removed) {
    private static final String FILE = "verify.json";
    private static final String FILE_OF_CHECKSUMS = "verify-checksums.json";

    /** Copies the list. */
    public VerifyPosition {
        removed = List.copyOf(removed);
    }

    /**
     * What a repo has kept of a run that did not come to its end.
     *
     * @param checksums whether of one that compared checksums: its place is kept beside that of one that reads
     * @param notices is told when that is damaged
     */
    static Optional<VerifyPosition> kept(Repo repo, boolean checksums, Consumer<String> notices) {
        return file(repo, checksums).read(fields -> of(fields, checksums), notices);
    }

    void keep(Repo repo) throws IOException {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("place", place);
        fields.put("drop", options.drop());
        fields.put("heal", options.heal());
        fields.put("parts", (long) options.sample().parts());
        fields.put("seed", options.sample().seed());
        fields.put("source", options.source());
        fields.put("begun", begun.toString());
        fields.put("saved", saved.toString());
        fields.put("last", last.map(Cid::toString).orElse(""));
        fields.put("counts", tally.fields());
        fields.put("removed", removed.stream().map(Cid::toString).toList());
        file(repo, options.checksums()).write(fields);
    }

    static void forget(Repo repo, boolean checksums) throws IOException {
        file(repo, checksums).remove();
    }

    private static StateFile file(Repo repo, boolean checksums) {
        return repo.state(checksums ? FILE_OF_CHECKSUMS : FILE);
    }

    private static VerifyPosition of(StateFields fields, boolean checksums) {
        String last = fields.text("last");
        return new VerifyPosition(
                fields.text("place"),
                options(fields, checksums),
                Instant.parse(fields.text("begun")),
                Instant.parse(fields.text("saved")),
                last.isEmpty() ? Optional.empty() : Optional.of(cid(last)),
                Tally.of(fields.below("counts")),
                fields.texts("removed").stream().map(VerifyPosition::cid).toList());
    }

    private static VerifyOptions options(StateFields fields, boolean checksums) {
        Sample sample = new Sample(Math.toIntExact(fields.number("parts")), fields.number("seed"));
        return new VerifyOptions(fields.flag("drop"), fields.flag("heal"), checksums, sample, fields.text("source"));
    }

    private static Cid cid(String text) {
        try {
            return Cid.parse(text);
        } catch (FormatException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }
}
