package org.s3ds.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.s3ds.datastore.StoreIndex;
import org.s3ds.datastore.StoreIndex.State;
import org.s3ds.datastore.StoreIndex.Status;
import org.s3ds.node.Node;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs when the index begins to be loaded, and when it is complete. It looks now and then, and asks nobody. */
final class IndexWatch implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(IndexWatch.class);
    private static final Duration PERIOD = Duration.ofSeconds(5);

    private final StoreIndex index;
    private final AutomaticGc.Pause pause;
    private @Nullable State last;

    IndexWatch(StoreIndex index, AutomaticGc.Pause pause) {
        this.index = index;
        this.pause = pause;
    }

    /** How the index of a node is, a line with its end; nothing when there is none, or it cannot be told. */
    static String line(Node node) {
        try {
            Optional<StoreIndex> index = node.blocks().index();
            return index.isPresent() ? sentence(index.get().status()) + "\n" : "";
        } catch (IOException e) {
            return "the index: " + Failures.sentence(e) + "\n";
        }
    }

    private static String sentence(Status status) {
        return "the index of %s: %s, %d blocks"
                .formatted(
                        status.place(),
                        status.state().name().toLowerCase(Locale.ROOT),
                        status.known().count());
    }

    /** Looks, until it is not to go on or is interrupted. */
    @Override
    public void run() {
        try {
            do {
                look();
            } while (pause.passed(PERIOD));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        try {
            Status status = index.status();
            if (status.state() != last) {
                last = status.state();
                LOG.info(sentence(status));
            }
        } catch (IOException | RuntimeException e) {
            LOG.debug("the index could not be looked at: {}", Failures.sentence(e));
        }
    }
}
