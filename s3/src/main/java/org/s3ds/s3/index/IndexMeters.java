package org.s3ds.s3.index;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import org.s3ds.datastore.Metrics;
import org.s3ds.datastore.Metrics.Counter;
import org.s3ds.datastore.Metrics.Gauge;

/** What metrics show of an index; the gauges from when it is opened until it is closed. */
public final class IndexMeters implements AutoCloseable {
    private static final String ANSWERS = "s3ds.index_answers";
    private static final String HELP = "Questions whether a value is there, by how they were answered: without asking"
            + " that it is or is not, or by asking the place";

    private final Metrics metrics;
    private final Map<String, String> label;
    private final Counter present;
    private final Counter absent;
    private final Counter asked;
    private final Counter spared;
    private final Counter vanished;
    private final List<Gauge> gauges = new ArrayList<>();

    /** @param store what metrics call the store */
    public IndexMeters(Metrics metrics, String store) {
        this.metrics = metrics;
        this.label = Map.of("store", store);
        this.present = metrics.counter(ANSWERS, HELP, Map.of("store", store, "answer", "present"));
        this.absent = metrics.counter(ANSWERS, HELP, Map.of("store", store, "answer", "absent"));
        this.asked = metrics.counter(ANSWERS, HELP, Map.of("store", store, "answer", "asked"));
        this.spared = metrics.counter("s3ds.index_puts_spared", "Puts of what was stored already", label);
        this.vanished = metrics.counter(
                "s3ds.index_vanished", "Values that were gone though this repo did not delete them", label);
    }

    void show(Ledger ledger) {
        gauge(
                "s3ds.index_values",
                "Values that the index knows of",
                () -> ledger.totals().count());
        gauge(
                "s3ds.index_bytes",
                "Bytes of the values that the index knows of",
                () -> ledger.totals().bytes());
        gauge(
                "s3ds.index_loading",
                "1 while the index is being filled from a listing",
                () -> ledger.outlook().isLacking() ? 1 : 0);
    }

    private void gauge(String name, String help, DoubleSupplier value) {
        gauges.add(metrics.gauge(name, help, label, value));
    }

    void answered(boolean isThere) {
        (isThere ? present : absent).add(1);
    }

    void asked() {
        asked.add(1);
    }

    void spared() {
        spared.add(1);
    }

    void vanished() {
        vanished.add(1);
    }

    @Override
    public void close() {
        gauges.forEach(Gauge::close);
    }
}
