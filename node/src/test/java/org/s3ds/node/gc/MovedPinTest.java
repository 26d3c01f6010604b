package org.s3ds.node.gc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.MemoryDatastore;
import org.s3ds.ipld.Block;
import org.s3ds.ipld.CidFormat;
import org.s3ds.ipld.HashFunction;
import org.s3ds.ipld.Link;
import org.s3ds.ipld.Multibase;
import org.s3ds.ipld.Multicodec;
import org.s3ds.ipld.PbNode;
import org.s3ds.node.pins.PinRecord;

/**
 * An update that moves a pin, while somebody who removes blocks reads the pins, from where they are still to be read to
 * where they have been read: what both pins keep, which an update does not look at, stays.
 */
class MovedPinTest {
    private static final Key RECURSIVE = Key.raw("/pins/index/cidRindex");
    private static final CidFormat RAW = new CidFormat(1, Multicodec.RAW, HashFunction.SHA2_256);
    private static final CidFormat NODE = new CidFormat(1, Multicodec.DAG_PB, HashFunction.SHA2_256);

    /** Entries of pins that are read while blocks are removed, and some more. */
    private static final int ENTRIES = 8;

    @TempDir
    Path directory;

    private final Block shared = leaf("shared");
    private final Block other = leaf("other");

    /** In the order in which pins are read: the new pin, another one, the old pin. */
    private final Block first = roots(shared).getFirst();

    private final Block last = roots(shared).getLast();
    private final Block between = roots(other).stream()
            .filter(root ->
                    place(root).compareTo(place(first)) > 0 && place(root).compareTo(place(last)) < 0)
            .findAny()
            .orElseThrow();

    /** How many entries of recursive pins are still to be read before the pin moves. */
    private final AtomicInteger left = new AtomicInteger();

    private Optional<Thread> update = Optional.empty();

    @Test
    void whatItSharesIsNotCollected() throws Exception {
        assertSharedBlockStays(BusyNode::collect);
    }

    @Test
    void whatItSharesIsNotRemovedByHand() throws Exception {
        assertSharedBlockStays(node -> node.remove(shared.cid()));
    }

    @FunctionalInterface
    private interface Removal {
        void from(BusyNode node) throws IOException;
    }

    /** Whichever entry is read when the pin moves. */
    private void assertSharedBlockStays(Removal removal) throws Exception {
        for (int entry = 0; entry < ENTRIES; entry++) {
            BusyNode node = new BusyNode(new PausingDatastore(new MemoryDatastore(), this::pause), directory);
            for (Block block : List.of(shared, other, first)) {
                node.put(block, false);
            }
            node.put(last, true);
            node.put(between, true);
            Thread thread = Thread.ofPlatform().unstarted(() -> update(node));
            update = Optional.of(thread);
            left.set(entry);
            removal.from(node);
            update = Optional.empty();
            thread.join();
            for (PinRecord pin : node.pinned()) {
                assertEquals(2, node.keptBy(pin).size());
            }
        }
    }

    private void pause(String call, Key key) {
        if (update.isPresent() && call.equals("next") && key.equals(RECURSIVE) && left.getAndDecrement() == 0) {
            begin(update.get());
        }
    }

    /** Goes on once it is done, or has to wait for us. */
    private static void begin(Thread thread) {
        thread.start();
        while (thread.isAlive() && thread.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
    }

    private void update(BusyNode node) {
        try {
            node.update(last.cid(), first.cid(), true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Block leaf(String text) {
        return Block.hash(RAW, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Some with one child, in the order in which their pins are read. */
    private static List<Block> roots(Block child) {
        return IntStream.range(0, 20)
                .mapToObj(i -> List.of(new Link("name" + i, child.cid(), child.size())))
                .map(links -> Block.hash(NODE, PbNode.of(links, null).encode()))
                .sorted(Comparator.comparing(MovedPinTest::place))
                .toList();
    }

    private static String place(Block root) {
        return Multibase.BASE64URL.encode(root.cid().toBytes());
    }
}
