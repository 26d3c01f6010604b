package org.s3ds.cli;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.StoreIndex;
import org.s3ds.datastore.StoreIndex.State;
import org.s3ds.datastore.StoreIndex.Status;

/**
 * Shows a person how far the index is while a command waits for it to be filled, as a listing does that it answers. It
 * looks at what this process knows, and asks nobody.
 */
final class IndexFilling implements AutoCloseable {
    private static final long MILLIS = 200;

    private final StoreIndex index;
    private final BlockProgress progress;
    private final CountDownLatch ended = new CountDownLatch(1);

    private IndexFilling(StoreIndex index, BlockProgress progress) {
        this.index = index;
        this.progress = progress;
    }

    /** Begins to show it; empty where there is no index, or nobody who looks. */
    static Optional<IndexFilling> shown(Session session) throws IOException {
        Optional<Terminal> watcher = session.watcher().filter(Terminal::watched);
        Optional<StoreIndex> index =
                watcher.isPresent() ? session.node().blocks().index() : Optional.empty();
        if (index.isEmpty()) {
            return Optional.empty();
        }
        IndexFilling filling = new IndexFilling(index.get(), new BlockProgress(watcher, session.usualBlocks()));
        Thread.ofVirtual().name("s3ds-index-progress").start(filling::look);
        return Optional.of(filling);
    }

    private void look() {
        try {
            while (!ended.await(MILLIS, TimeUnit.MILLISECONDS)) {
                Optional<Status> seen = index.seen();
                seen.filter(status -> status.state() == State.LOADING)
                        .ifPresent(status -> progress.show(
                                status.known().count(), status.known().bytes()));
            }
        } catch (InterruptedException | DatastoreException e) {
            // who waits for it is told
        } finally {
            progress.close();
        }
    }

    @Override
    public void close() {
        ended.countDown();
    }
}
