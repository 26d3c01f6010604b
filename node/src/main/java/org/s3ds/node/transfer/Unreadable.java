package org.s3ds.node.transfer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.s3ds.node.transfer.Offers.Offer;

/**
 * Blocks that could not be read. Whether that is so of them alone, as on a disk with a bad sector, or of the whole
 * source, is known when all others have been read. Any thread may call anything.
 */
final class Unreadable {
    /** Where more cannot be read, nothing can. */
    private static final int MOST = 100;

    /** One that could not be read, and why. */
    record Failed(Offer offer, IOException reason) {}

    /** Guards the fields below. */
    private final ReentrantLock lock = new ReentrantLock();

    private final List<Failed> failed = new ArrayList<>();
    private @Nullable Offer other;

    /** A block that could be read, or should. */
    void setOther(Offer offer) {
        lock.lock();
        try {
            other = offer;
        } finally {
            lock.unlock();
        }
    }

    /**
     * A block was not.
     *
     * @throws IOException its reason, when there have been too many
     */
    void failed(Offer offer, IOException reason) throws IOException {
        lock.lock();
        try {
            failed.add(new Failed(offer, reason));
            if (failed.size() > MOST) {
                throw reason;
            }
        } finally {
            lock.unlock();
        }
    }

    /** Those that failed, to be tried once more; none from then on. */
    List<Failed> take() {
        lock.lock();
        try {
            List<Failed> all = List.copyOf(failed);
            failed.clear();
            return all;
        } finally {
            lock.unlock();
        }
    }

    /** One that is not known to be bad; empty when there is none. */
    Optional<Offer> other() {
        lock.lock();
        try {
            return Optional.ofNullable(other);
        } finally {
            lock.unlock();
        }
    }
}
