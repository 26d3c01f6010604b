package org.s3ds.node.transfer;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.s3ds.datastore.Datastore;
import org.s3ds.datastore.Key;
import org.s3ds.ipld.Block;
import org.s3ds.ipld.MissingBlockException;
import org.s3ds.node.blocks.CorruptBlockException;
import org.s3ds.node.transfer.Offers.Offer;

/**
 * Copies to a place what it lacks of another.
 *
 * <ul>
 *   <li>A block that the target has with the same size is not read. All others are read, hashed once, and put once;
 *       many are on their way at a time. One that the target has with another size is put in its place.
 *   <li>Nothing is remembered between runs: whatever ended one, the next does what is left.
 *   <li>A block that is not what its hash says is never put. It is told of, counted, and the others are copied
 *       ({@link TransferReport#requireWhole}). So is one that cannot be read, when others can.
 *   <li>A block that is gone when it is to be read was removed meanwhile: that is counted, and no error.
 *   <li>What cannot be stored ends the run, as does a listing that fails; what that had named before is copied.
 *   <li>A block that a CAR has twice is put once.
 *   <li>All of it makes way for other requests at the same servers ({@link Datastore#inBackground}).
 * </ul>
 *
 * For one run.
 */
public final class Transfer {
    private final Source source;
    private final Target target;
    private final Known there;
    private final TransferOptions options;
    private final TransferListener listener;
    private final Tally tally = new Tally();
    private final Unreadable unreadable = new Unreadable();

    /** Of a source that may name a block twice, the blocks that are on their way. */
    private final Set<Key> underWay = ConcurrentHashMap.newKeySet();

    /**
     * A transfer between two stores that have blocks at their root, such as {@code /CIQ…}; both stay open.
     *
     * @param from is only read
     * @param to makes each change durable by itself or when it is told to ({@link Datastore#sync})
     * @param there what the target has; what is copied is added to it
     */
    public Transfer(Datastore from, Datastore to, Known there, TransferOptions options, TransferListener listener) {
        this(Source.of(from.inBackground()), Target.of(to.inBackground()), there, options, listener);
    }

    /**
     * A transfer between whatever two places.
     *
     * @param there what the target has; what is copied is added to it
     */
    public Transfer(Source source, Target target, Known there, TransferOptions options, TransferListener listener) {
        this.source = source;
        this.target = target;
        this.there = there;
        this.options = options;
        this.listener = listener;
    }

    /**
     * Copies. On return all that is counted as copied is durable.
     *
     * @throws IOException when a block could not be stored, or the source could not be listed or read; a further run
     *     does what is left
     */
    public TransferReport run() throws IOException {
        try (Offers offers = source.open();
                Lanes lanes = new Lanes(options.window())) {
            for (Optional<Offer> offer = next(offers, lanes); offer.isPresent(); offer = next(offers, lanes)) {
                take(offer.get(), lanes);
                tell();
            }
            tally.listedAll();
            end(lanes);
            return tally.report(offers.foreign());
        }
    }

    /** Where the source ends in the middle, as a CAR that was cut short, what it had named is copied. */
    private Optional<Offer> next(Offers offers, Lanes lanes) throws IOException {
        try {
            return offers.next();
        } catch (IOException e) {
            if (!Thread.currentThread().isInterrupted()) {
                try {
                    end(lanes);
                } catch (IOException more) {
                    e.addSuppressed(more);
                }
            }
            throw e;
        }
    }

    private void end(Lanes lanes) throws IOException {
        do {
            tell();
        } while (lanes.awaitOne());
        tryAgain();
        if (!options.dryRun()) {
            target.sync();
        }
        tell();
    }

    private void take(Offer offer, Lanes lanes) throws IOException {
        while (underWay.contains(offer.key()) && lanes.awaitOne()) {
            tell();
        }
        listener.seen(offer.key(), offer.size());
        tally.listed(offer.size());
        if (there.size(offer.key()).equals(OptionalLong.of(offer.size()))) {
            tally.present(offer.size());
            unreadable.setOther(offer);
        } else if (options.dryRun()) {
            tally.copied(offer.size());
            if (source.mayRepeat()) {
                there.add(offer.key(), offer.size());
            }
        } else {
            listener.sending(offer.key());
            if (source.mayRepeat()) {
                underWay.add(offer.key());
            }
            lanes.send(offer.size(), () -> {
                try {
                    move(offer);
                } finally {
                    underWay.remove(offer.key());
                }
            });
        }
    }

    private void move(Offer offer) throws IOException {
        Block block;
        try {
            block = offer.content().read();
        } catch (MissingBlockException _) {
            tally.gone();
            return;
        } catch (CorruptBlockException e) {
            tally.corrupt(e);
            return;
        } catch (IOException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw e;
            }
            unreadable.failed(offer, e);
            return;
        }
        unreadable.setOther(offer);
        target.put(offer.key(), block);
        there.add(offer.key(), block.size());
        tally.copied(block.size());
    }

    /** Blocks that could not be read have another try; what fails again is bad, if other blocks can be read now. */
    private void tryAgain() throws IOException {
        for (Unreadable.Failed failed : unreadable.take()) {
            move(failed.offer());
        }
        List<Unreadable.Failed> bad = unreadable.take();
        if (!bad.isEmpty()) {
            requireOther(bad.getFirst().reason());
        }
        for (Unreadable.Failed failed : bad) {
            tally.corrupt(failed.reason());
        }
    }

    private void requireOther(IOException reason) throws IOException {
        Optional<Offer> other = unreadable.other();
        if (other.isEmpty()) {
            throw reason;
        }
        try {
            other.get().content().read();
        } catch (MissingBlockException | CorruptBlockException _) {
            // it answers
        }
    }

    private void tell() throws IOException {
        for (Optional<String> bad = tally.untold(); bad.isPresent(); bad = tally.untold()) {
            listener.bad(bad.get());
        }
        listener.progress(tally.progress());
    }
}
