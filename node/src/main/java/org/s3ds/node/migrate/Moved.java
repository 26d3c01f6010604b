package org.s3ds.node.migrate;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.s3ds.datastore.StoreIndex.Totals;

/**
 * What a migration, or its way back, did at its end.
 *
 * @param back whether the repo has the store of before the migration
 * @param number which migration of the repo it was, beginning with 1
 * @param from the store that the repo has left, in words
 * @param to the store that it has now, in words
 * @param copied counts of the last pass, as the journal has them
 * @param total what was copied in all, since it began or the way back did
 * @param downtime how long the repo was locked for it
 * @param released whether the place that was left was given up, so that any repo may claim it
 */
public record Moved(
        boolean back,
        int number,
        String from,
        String to,
        Map<String, Object> copied,
        Totals total,
        Duration downtime,
        boolean released) {
    /** Copies the counts. */
    public Moved {
        copied = Collections.unmodifiableMap(new LinkedHashMap<>(copied));
    }
}
