package org.s3ds.node.transfer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.s3ds.datastore.Datastore;
import org.s3ds.datastore.Key;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.Multicodec;
import org.s3ds.node.blocks.Blockstore;

/**
 * How many blocks of a place are read and hashed in a second, found out with a few dozen that are spread over all. For
 * one thread.
 */
public final class ReadTrial {
    private static final int WARM_UP = 32;
    private static final int MEASURED = 32;

    private final List<Sampled> sample = new ArrayList<>();
    private final Random random = new Random(0);
    private long offered;

    private record Sampled(Key key, long size) {}

    /** One block more that there is; each has the same chance to be read. */
    public void offer(Key key, long size) {
        offered++;
        if (sample.size() < WARM_UP + MEASURED) {
            sample.add(new Sampled(key, size));
            return;
        }
        long place = random.nextLong(offered);
        if (place < sample.size()) {
            sample.set((int) place, new Sampled(key, size));
        }
    }

    /**
     * Reads the sample, as many at once as a {@link Transfer} does.
     *
     * @param store has the blocks at its root
     * @return empty where not one of them could be read
     * @throws IOException when the wait was interrupted
     */
    public OptionalDouble blocksPerSecond(Datastore store) throws IOException {
        Blockstore blocks = StoredOffers.blocksOf(store.inBackground());
        int warmUp = Math.min(WARM_UP, sample.size() / 2);
        read(blocks, sample.subList(0, warmUp));
        long start = System.nanoTime();
        int read = read(blocks, sample.subList(warmUp, sample.size()));
        double seconds = (System.nanoTime() - start) / 1e9;
        return read == 0 ? OptionalDouble.empty() : OptionalDouble.of(read / seconds);
    }

    private static int read(Blockstore blocks, List<Sampled> some) throws IOException {
        AtomicInteger read = new AtomicInteger();
        try (Lanes lanes = new Lanes(TransferOptions.DEFAULT.window())) {
            for (Sampled each : some) {
                lanes.send(each.size(), () -> {
                    if (canRead(blocks, each)) {
                        read.incrementAndGet();
                    }
                });
            }
            while (lanes.awaitOne()) {
                // until all have come
            }
        }
        return read.get();
    }

    /** What is wrong with a block is for the copy to tell. */
    private static boolean canRead(Blockstore blocks, Sampled each) {
        try {
            Cid cid = Cid.v1(Multicodec.RAW, BlockNames.hashOf(each.key()).orElseThrow());
            blocks.get(cid, each.size());
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
