package org.s3ds.cli;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.s3ds.datastore.Metrics;
import org.s3ds.ipld.Multihash;
import org.s3ds.node.Node;
import org.s3ds.node.blocks.ListedBlock;
import org.s3ds.node.gc.GarbageCollector;
import org.s3ds.node.gc.Swept;
import org.s3ds.node.repo.ByteSize;
import org.s3ds.node.repo.Config;
import org.s3ds.node.repo.GoDuration;
import org.s3ds.node.upkeep.Inventory;
import org.s3ds.node.upkeep.Usage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Collects garbage whenever a repo has grown beyond its watermark. How much there is is asked for once a period: stores
 * in files know, and so does an index of a bucket. Else it is what the last listing of the bucket showed, and all that
 * was sent since the daemon started; where that is not good enough (no listing, or one of more than a day, from before
 * the start, or before something was sent), the bucket is listed.
 */
final class AutomaticGc implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(AutomaticGc.class);
    private static final Duration LISTING_GOOD_FOR = Duration.ofDays(1);
    private static final BigDecimal PERCENT = BigDecimal.valueOf(100);

    private final Node node;
    private final Limits limits;
    private final Pause pause;
    private final RequestTally requests;
    private final Metrics.Counter runs;
    private final Metrics.Counter removed;
    private final InstantSource time = InstantSource.system();
    private Instant counted = time.instant();
    private long sentBefore;

    /** Time that passes. */
    @FunctionalInterface
    interface Pause {
        /** Waits so long; answers whether to go on. */
        boolean passed(Duration time) throws InterruptedException;
    }

    /**
     * When to collect.
     *
     * @param period between two looks; zero for never
     * @param watermark more bytes than this are collected
     * @param most more bytes than this are warned of
     */
    record Limits(Duration period, BigDecimal watermark, BigDecimal most) {
        /**
         * {@code Datastore.GCPeriod}, {@code StorageGCWatermark} and {@code StorageMax} of a config.
         *
         * @throws IOException when one of them is not what it should be
         */
        static Limits of(Config config) throws IOException {
            String period = text(config, "Datastore.GCPeriod", "1h");
            BigDecimal most = ByteSize.parse(text(config, "Datastore.StorageMax", "10GB"), "Datastore.StorageMax");
            Object percent = config.find("Datastore.StorageGCWatermark").orElse(90L);
            if (!(percent instanceof Long number) || number < 0) {
                throw new IOException("Datastore.StorageGCWatermark is no percentage: " + percent);
            }
            BigDecimal share = BigDecimal.valueOf(number == 0 ? 90 : number);
            return new Limits(
                    GoDuration.parse(period)
                            .orElseThrow(() -> new IOException("time: invalid duration \"" + period + "\"")),
                    most.multiply(share).divideToIntegralValue(PERCENT),
                    most);
        }

        private static String text(Config config, String key, String usual) {
            String text = config.find(key).map(String::valueOf).orElse("");
            return text.isEmpty() ? usual : text;
        }
    }

    /**
     * Nothing is looked at yet.
     *
     * @param metrics where runs are counted
     */
    AutomaticGc(Node node, Limits limits, Pause pause, RequestTally requests, Metrics metrics) {
        this.node = node;
        this.limits = limits;
        this.pause = pause;
        this.requests = requests;
        runs = metrics.counter("s3ds.gc.runs", "Garbage collections that a daemon began by itself", Map.of());
        removed = metrics.counter("s3ds.gc.removed_blocks", "Blocks that they removed", Map.of());
    }

    /** Looks once a period, until it is not to go on or is interrupted. */
    @Override
    public void run() {
        try {
            while (limits.period().isPositive() && pause.passed(limits.period())) {
                look();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        try {
            BigDecimal bytes = BigDecimal.valueOf(used());
            if (bytes.compareTo(limits.most()) > 0) {
                LOG.warn("pre-GC: maximum storage limit exceeded. Try to unpin some files");
            }
            if (bytes.compareTo(limits.watermark()) > 0) {
                collect();
            }
        } catch (IOException | RuntimeException e) {
            if (!Thread.currentThread().isInterrupted()) {
                LOG.warn("garbage was not collected: {}", Failures.sentence(e));
            }
        }
    }

    private long used() throws IOException {
        Optional<Usage> last = Usage.last(node.repo(), LOG::warn);
        long sent = requests.bytesSent() - sentBefore;
        boolean known = node.blocks().totals().isPresent();
        boolean fresh = !known && (last.isEmpty() || isStale(last.get(), sent));
        Inventory.Figures figures =
                new Inventory(node.repo(), node.blocks(), time, LOG::warn, (_, _) -> {}).take(false, fresh);
        if (fresh) {
            countFromNow();
            return figures.bytes();
        }
        return figures.bytes() + (figures.listed().isPresent() ? sent : 0);
    }

    private boolean isStale(Usage last, long sent) {
        boolean mayHaveGrown = sent > 0 || last.listed().isBefore(counted);
        return mayHaveGrown && last.listed().isBefore(time.instant().minus(LISTING_GOOD_FOR));
    }

    private void countFromNow() {
        counted = time.instant();
        sentBefore = requests.bytesSent();
    }

    private void collect() throws IOException {
        LOG.info("Watermark exceeded. Starting repo GC...");
        runs.add(1);
        GarbageCollector collector = new GarbageCollector(
                node.repo().datastore(),
                node.blocks(),
                node.pins(),
                node.repo().path().resolve("s3ds").resolve("gc"),
                time);
        countFromNow();
        Swept swept = collector
                .collect(new GarbageCollector.Options(false, false, false, Optional.empty()), new Silent())
                .swept();
        new Usage(swept.listed() - swept.removed(), swept.listedBytes() - swept.bytes(), time.instant())
                .keep(node.repo());
        LOG.info("Repo GC done: {} of {} blocks removed", swept.removed(), swept.listed());
    }

    /** Counts, and logs what somebody should know. */
    private final class Silent implements GarbageCollector.Listener {
        @Override
        public void marked(long kept, long read, long bytes) {}

        @Override
        public void listed(long blocks) {}

        @Override
        public void removed(ListedBlock block) {
            removed.add(1);
        }

        @Override
        public void notRemoved(Multihash hash, IOException failure) {
            LOG.warn("a block was not removed: {}", Failures.sentence(failure));
        }

        @Override
        public void notice(String notice) {
            LOG.warn(notice);
        }
    }
}
