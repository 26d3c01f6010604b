package org.s3ds.node.dag;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.s3ds.datastore.MemoryDatastore;
import org.s3ds.ipld.Block;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.CidFormat;
import org.s3ds.ipld.DagCbor;
import org.s3ds.ipld.Data;
import org.s3ds.ipld.Link;
import org.s3ds.ipld.Multicodec;
import org.s3ds.ipld.PbNode;
import org.s3ds.ipld.unixfs.PathResolver;
import org.s3ds.node.blocks.Blockstore;
import org.s3ds.node.blocks.HashPolicy;
import org.s3ds.node.pins.PinCheck;
import org.s3ds.node.pins.Pinner;
import org.s3ds.node.pins.Pins;
import org.s3ds.node.unixfs.References;

/**
 * DAGs of 30,000 levels, more than a stack would take: nothing is put on the stack for a level, and no level makes the
 * next one slower.
 */
@Timeout(600)
class DeepDagsTest {
    private static final int LEVELS = 30_000;

    private final MemoryDatastore store = new MemoryDatastore();
    private final Blockstore blocks = new Blockstore(store, HashPolicy.kubo());

    /** What stands beside the way down. */
    enum Shape {
        CHAIN {
            @Override
            Cid level(DeepDagsTest dags, Cid below, int level) throws IOException {
                return dags.node(below);
            }
        },
        LEAF_BEHIND {
            @Override
            Cid level(DeepDagsTest dags, Cid below, int level) throws IOException {
                return dags.node(below, dags.leaf("leaf " + level));
            }
        },
        TWICE {
            @Override
            Cid level(DeepDagsTest dags, Cid below, int level) throws IOException {
                return dags.node(below, below);
            }
        };

        abstract Cid level(DeepDagsTest dags, Cid below, int level) throws IOException;

        int blocks() {
            return 1 + LEVELS * (this == LEAF_BEHIND ? 2 : 1);
        }

        Cid build(DeepDagsTest dags) throws IOException {
            Cid top = dags.leaf("the end");
            for (int level = 0; level < LEVELS; level++) {
                top = level(dags, top, level);
            }
            return top;
        }
    }

    @ParameterizedTest
    @EnumSource(Shape.class)
    void theyAreExportedMeasuredAndListed(Shape shape) throws IOException {
        Cid root = shape.build(this);
        assertEquals(shape.blocks(), export(root, OutputStream.nullOutputStream()));
        assertEquals(shape.blocks(), stat(root));
        assertEquals(shape.blocks() - 1, references(root));
    }

    @Test
    void theyAreImportedPinnedAndChecked() throws IOException {
        Cid root = Shape.LEAF_BEHIND.build(this);
        ByteArrayOutputStream car = new ByteArrayOutputStream();
        export(root, car);
        MemoryDatastore otherStore = new MemoryDatastore();
        Blockstore other = new Blockstore(otherStore, HashPolicy.kubo());
        Pins pins = new Pins(otherStore);
        List<Optional<IOException>> pinned = new ArrayList<>();
        Iterator<InputStream> cars = List.<InputStream>of(new ByteArrayInputStream(car.toByteArray()))
                .iterator();
        new DagImport(other, pins, false)
                .run(
                        () -> cars.hasNext() ? Optional.of(cars.next()) : Optional.empty(),
                        Optional.of((cid, failure) -> pinned.add(failure)));
        assertEquals(List.of(Optional.empty()), pinned);
        new Pinner(other, pins).pinRecursive(root, "again", (count, bytes) -> {});
        new PinCheck(other, pins).run((cid, bad) -> assertEquals(List.of(), bad));
    }

    private Cid leaf(String text) throws IOException {
        return put(CidFormat.V1.withCodec(Multicodec.RAW), text.getBytes(StandardCharsets.UTF_8));
    }

    private Cid node(Cid... children) throws IOException {
        List<Link> links =
                Arrays.stream(children).map(child -> new Link("", child, 1)).toList();
        return put(CidFormat.V1, PbNode.of(links, null).encode());
    }

    private Cid put(CidFormat format, byte[] data) throws IOException {
        Block block = Block.hash(format, data);
        blocks.put(block);
        return block.cid();
    }

    private long export(Cid root, OutputStream out) throws IOException {
        return new DagExport(blocks, false).to(out, root).blocks();
    }

    private long stat(Cid root) throws IOException {
        return new DagStat(blocks, soFar -> {}).of(List.of(root)).uniqueBlocks();
    }

    private int references(Cid root) throws IOException {
        int[] count = new int[1];
        new References(blocks, true, References.UNLIMITED, (from, link) -> count[0]++).list(root);
        return count[0];
    }

    @Test
    void referencesThatAreNotUnique() throws IOException {
        int[] count = new int[1];
        Cid root = Shape.LEAF_BEHIND.build(this);
        new References(blocks, false, References.UNLIMITED, (from, link) -> count[0]++).list(root);
        assertEquals(2 * LEVELS, count[0]);
    }

    @Test
    void aPathThroughAllOfThem() throws IOException {
        Cid top = leaf("the end");
        List<String> path = new ArrayList<>();
        for (int level = 0; level < LEVELS; level++) {
            top = put(
                    CidFormat.V1.withCodec(Multicodec.DAG_CBOR),
                    DagCbor.encode(Data.MapOf.of(Map.of("down", new Data.LinkTo(top)))));
            path.add("down");
        }
        assertEquals(leaf("the end"), new PathResolver(blocks).resolve(top, path));
    }
}
