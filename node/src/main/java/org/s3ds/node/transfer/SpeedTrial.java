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
 * How many blocks are read and hashed in a second at one place, found out with a few dozen that are spread over all, or
 * stored at another. As many at once as a {@link Transfer} has, after as many that are not counted. For one thread.
 */
public final class SpeedTrial {
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
     * Reads the sample.
     *
     * @param store has the blocks at its root
     * @return empty where not one of them could be read
     * @throws IOException when the wait was interrupted
     */
    public OptionalDouble readsPerSecond(Datastore store) throws IOException {
        Blockstore blocks = StoredOffers.blocksOf(store.inBackground());
        AtomicInteger read = new AtomicInteger();
        int warmUp = Math.min(WARM_UP, sample.size() / 2);
        send(sample.subList(0, warmUp), each -> canRead(blocks, each));
        double seconds = send(sample.subList(warmUp, sample.size()), each -> {
            if (canRead(blocks, each)) {
                read.incrementAndGet();
            }
        });
        return read.get() == 0 ? OptionalDouble.empty() : OptionalDouble.of(read.get() / seconds);
    }

    /**
     * Stores values, which stay there.
     *
     * @param scratch has a folder of its own
     * @param size of each, in bytes
     * @throws IOException when they could not be stored
     */
    public static double putsPerSecond(Datastore scratch, int size) throws IOException {
        List<Sampled> values = new ArrayList<>();
        for (int i = 0; i < WARM_UP + MEASURED; i++) {
            values.add(new Sampled(Key.of("/TRIAL" + i), size));
        }
        byte[] value = new byte[size];
        Action put = each -> scratch.put(each.key(), value);
        send(values.subList(0, WARM_UP), put);
        return MEASURED / send(values.subList(WARM_UP, values.size()), put);
    }

    private interface Action {
        void take(Sampled each) throws IOException;
    }

    /** @return how many seconds it took */
    private static double send(List<Sampled> some, Action action) throws IOException {
        long start = System.nanoTime();
        try (Lanes lanes = new Lanes(TransferOptions.DEFAULT.window())) {
            for (Sampled each : some) {
                lanes.send(each.size(), () -> action.take(each));
            }
            while (lanes.awaitOne()) {
                // until all have come
            }
        }
        return (System.nanoTime() - start) / 1e9;
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
