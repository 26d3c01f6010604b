package org.s3ds.node.upkeep;

import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.s3ds.node.repo.Repo;
import org.s3ds.node.repo.StateFields;
import org.s3ds.node.repo.StateFile;

/**
 * How much the blocks of a repo are, as the last listing of all of them showed it. Whoever lists them to the end keeps
 * it in the repo, so that nobody has to list them again to know about how many there are.
 *
 * @param blocks how many
 * @param bytes the sum of their sizes
 * @param listed when that listing had come to its end
 */
public record Usage(long blocks, long bytes, Instant listed) {
    private static final String FILE = "usage.json";

    /** Refuses what no listing can have shown. */
    public Usage {
        if (blocks < 0 || bytes < 0) {
            throw new IllegalArgumentException("blocks and bytes are 0 or more: " + blocks + ", " + bytes);
        }
    }

    /**
     * What a repo has kept.
     *
     * @param notices is told when that is damaged
     * @return empty when all blocks were never listed, or it is damaged
     */
    public static Optional<Usage> last(Repo repo, Consumer<String> notices) {
        return file(repo).read(Usage::of, notices);
    }

    /** Keeps it in the repo. */
    public void keep(Repo repo) throws IOException {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("blocks", blocks);
        fields.put("bytes", bytes);
        fields.put("listed", listed.toString());
        file(repo).write(fields);
    }

    private static StateFile file(Repo repo) {
        return repo.state(FILE);
    }

    private static Usage of(StateFields fields) {
        return new Usage(fields.number("blocks"), fields.number("bytes"), Instant.parse(fields.text("listed")));
    }
}
