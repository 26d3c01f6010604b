package org.s3ds.node.dag;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.s3ds.ipld.Block;
import org.s3ds.ipld.BlockLinks;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.CidFormat;
import org.s3ds.ipld.HashFunction;
import org.s3ds.ipld.Link;
import org.s3ds.ipld.MissingBlockException;
import org.s3ds.ipld.Multicodec;
import org.s3ds.ipld.car.CarReader;
import org.s3ds.node.pins.Dags;

class DagExportTest {
    private final Dags dags = new Dags();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private static List<Cid> cids(byte[] car) throws IOException {
        List<Cid> cids = new ArrayList<>();
        CarReader reader = new CarReader(new ByteArrayInputStream(car));
        for (Optional<Block> block = reader.next(); block.isPresent(); block = reader.next()) {
            cids.add(block.get().cid());
        }
        return cids;
    }

    private List<Cid> export(Cid root) throws IOException {
        new DagExport(dags.blocks, false).to(out, root);
        return cids(out.toByteArray());
    }

    @Test
    void aBlockComesBeforeThoseBelowItAndWhereItIsMetFirst() throws IOException {
        Cid shared = dags.leaf("shared");
        Cid deep = dags.node(shared);
        Cid first = dags.node(dags.leaf("a"), deep);
        Cid root = dags.node(first, shared, deep, dags.leaf("b"));
        assertEquals(List.of(root, first, dags.leaf("a"), deep, shared, dags.leaf("b")), export(root));
    }

    @Test
    void aDagByChanceIsThatOfAWalkByHandAndEachBlockIsReadOnce() throws IOException {
        long seed = Long.getLong("s3ds.seed", System.nanoTime());
        System.out.println("a DAG by chance: -Ds3ds.seed=" + seed);
        Random random = new Random(seed);
        List<Cid> all = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            all.add(i < 20 || random.nextInt(4) == 0 ? dags.leaf("leaf " + i) : node(random, all));
        }
        Set<Cid> expected = new LinkedHashSet<>();
        walk(all.getLast(), expected);
        dags.forgetCalls();
        assertEquals(List.copyOf(expected), export(all.getLast()));
        assertEquals(expected.size(), dags.blockCalls("get"));
        assertEquals(expected.size(), dags.calls().size());
    }

    private Cid node(Random random, List<Cid> all) throws IOException {
        Cid[] children = new Cid[1 + random.nextInt(12)];
        for (int i = 0; i < children.length; i++) {
            int back = random.nextBoolean() ? Math.min(all.size(), 30) : all.size();
            children[i] = all.get(all.size() - 1 - random.nextInt(back));
        }
        return dags.node(children);
    }

    private void walk(Cid cid, Set<Cid> seen) throws IOException {
        if (seen.add(cid)) {
            for (Link link : BlockLinks.of(dags.blocks.get(cid))) {
                walk(link.cid(), seen);
            }
        }
    }

    @Test
    void oneBlockUnderTwoCodecsComesTwice() throws IOException {
        Cid node = dags.node(dags.leaf("below"));
        Cid raw = Cid.v1(Multicodec.RAW, node.hash());
        Cid root = dags.node(raw, node);
        assertEquals(List.of(root, raw, node, dags.leaf("below")), export(root));
    }

    @Test
    void identitiesAreNotWrittenAndWhatIsBelowThemIs() throws IOException {
        Cid leaf = dags.leaf("below an identity");
        Block identity = Block.hash(
                new CidFormat(1, Multicodec.DAG_PB, HashFunction.IDENTITY),
                dags.blocks.get(dags.node(leaf)).data());
        Cid root = dags.node(identity.cid(), identity.cid());
        assertEquals(List.of(root, leaf), export(root));
    }

    @Test
    void withoutItsRootNothingIsWritten() throws IOException {
        Cid root = dags.node();
        dags.lose(root);
        for (boolean partial : new boolean[] {false, true}) {
            DagExport export = new DagExport(dags.blocks, partial);
            assertEquals(
                    "block was not found locally (offline): ipld: could not find " + root,
                    assertThrows(MissingBlockException.class, () -> export.to(out, root))
                            .getMessage());
        }
        assertEquals(0, out.size());
    }

    @Test
    void aMissingBlockEndsItAndTheSentenceSaysHowFarItCame() throws IOException {
        Cid lost = dags.leaf("lost");
        Cid root = dags.node(dags.leaf("a"), lost, dags.leaf("b"));
        dags.lose(lost);
        IOException e = assertThrows(IOException.class, () -> export(root));
        assertEquals(
                "block was not found locally (offline): ipld: could not find " + lost
                        + " (the CAR is not whole: it ends after 2 blocks)",
                e.getMessage());
        assertEquals(List.of(root, dags.leaf("a")), cids(out.toByteArray()));
    }

    @Test
    void aPartialOnePassesOverWhatIsMissing() throws IOException {
        Cid lost = dags.node(dags.leaf("hidden"));
        Cid root = dags.node(dags.leaf("a"), lost, dags.leaf("b"), lost);
        dags.lose(lost);
        DagExport.Exported exported = new DagExport(dags.blocks, true).to(out, root);
        assertEquals(new DagExport.Exported(3, 1), exported);
        assertEquals(List.of(root, dags.leaf("a"), dags.leaf("b")), cids(out.toByteArray()));
    }

    @Test
    void whatCannotBeReadIsNeverPassedOver() throws IOException {
        Cid leaf = dags.leaf("a");
        Cid root = dags.node(leaf);
        DagExport export = new DagExport(
                cid -> {
                    if (cid.equals(leaf)) {
                        throw new IOException("the network is down");
                    }
                    return dags.blocks.get(cid);
                },
                true);
        assertEquals(
                "the network is down (the CAR is not whole: it ends after 1 blocks)",
                assertThrows(IOException.class, () -> export.to(out, root)).getMessage());
    }

    @Test
    void aReaderThatGoesAwayEndsIt() throws IOException {
        Cid root = dags.node(dags.leaf("a"));
        OutputStream closed = new OutputStream() {
            @Override
            public void write(int value) throws IOException {
                throw new IOException("nobody reads");
            }
        };
        DagExport export = new DagExport(dags.blocks, false);
        assertEquals(
                "nobody reads",
                assertThrows(IOException.class, () -> export.to(closed, root)).getMessage());
    }
}
