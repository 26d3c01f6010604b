package org.s3ds.node.upkeep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.s3ds.node.upkeep.MemoryRepo.key;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.s3ds.datastore.StoreIndex.Totals;
import org.s3ds.ipld.Block;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.CidFormat;
import org.s3ds.ipld.HashFunction;
import org.s3ds.ipld.Link;
import org.s3ds.ipld.Multicodec;
import org.s3ds.ipld.Multihash;
import org.s3ds.ipld.PbNode;
import org.s3ds.node.Node;
import org.s3ds.node.gc.RepoRoots;
import org.s3ds.node.upkeep.RootSizes.Kept;

/** What roots keep, alone and together, beside a count that holds everything in memory. */
final class RootSizesTest {
    private static final CidFormat RAW = new CidFormat(1, Multicodec.RAW, HashFunction.SHA2_256);

    @TempDir
    private Path parent;

    private final Map<Multihash, Integer> sizes = new HashMap<>();
    private final Map<Cid, Set<Multihash>> below = new HashMap<>();

    private Cid lay(MemoryRepo repo, Block block, List<Cid> links) {
        repo.blocks().put(key(block.cid()), block.data());
        sizes.put(block.cid().hash(), block.size());
        Set<Multihash> all = links.stream()
                .flatMap(cid -> below.getOrDefault(cid, Set.of()).stream())
                .collect(Collectors.toSet());
        all.add(block.cid().hash());
        below.put(block.cid(), all);
        return block.cid();
    }

    @Test
    void whatIsSharedBelongsToNobodyAlone() throws Exception {
        long seed = System.nanoTime();
        System.out.println("RootSizesTest: seed " + seed);
        Random random = new Random(seed);
        MemoryRepo repo = new MemoryRepo(parent.resolve("repo"), (call, key) -> {});
        List<Cid> laid = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            laid.add(lay(repo, Block.hash(RAW, new byte[] {(byte) i, 1, 2, (byte) (i >> 4)}), List.of()));
        }
        Map<Cid, Set<Multihash>> roots = new HashMap<>();
        Cid unpinned = laid.getFirst();
        try (Node node = repo.open()) {
            for (int i = 0; i < 30; i++) {
                List<Cid> links = random.ints(random.nextInt(1, 6), 0, laid.size())
                        .mapToObj(laid::get)
                        .distinct()
                        .toList();
                List<Link> named = links.stream()
                        .map(cid -> new Link(cid.toString(), cid, 1))
                        .toList();
                Cid parentNode = lay(
                        repo,
                        Block.hash(
                                CidFormat.V0,
                                PbNode.of(named, new byte[] {(byte) i}).encode()),
                        links);
                laid.add(parentNode);
                if (random.nextBoolean()) {
                    node.pins().addRecursive(parentNode, "pin " + i);
                    roots.put(parentNode, below.getOrDefault(parentNode, Set.of()));
                } else {
                    unpinned = parentNode;
                }
            }
            node.pins().addDirect(laid.get(1), "");
            compare(node, roots, laid.get(1), unpinned);
        }
    }

    private void compare(Node node, Map<Cid, Set<Multihash>> roots, Cid direct, Cid unpinned) throws Exception {
        try (RootSizes added = new RootSizes(node.blocks(), parent.resolve("scratch"), so -> {})) {
            RepoRoots all = new RepoRoots(node.repo().datastore(), node.pins(), false, false);
            RootSizes.Report report = added.add(all, Set.of(unpinned));
            Map<Multihash, Integer> owners = new HashMap<>();
            roots.values().forEach(each -> each.forEach(hash -> owners.merge(hash, 1, Integer::sum)));
            owners.merge(direct.hash(), 1, Integer::sum);
            for (Kept kept : report.roots()) {
                Cid cid = kept.root().cid();
                boolean isOther = cid.equals(unpinned);
                Set<Multihash> its = isOther ? below.getOrDefault(cid, Set.of()) : roots.getOrDefault(cid, Set.of());
                if (!its.isEmpty()) {
                    int alone = isOther ? 0 : 1;
                    Set<Multihash> own = new HashSet<>(its);
                    own.removeIf(hash -> owners.getOrDefault(hash, 0) != alone);
                    assertEquals(totals(its), kept.total(), kept.root()::keeper);
                    assertEquals(totals(own), kept.alone(), kept.root()::keeper);
                }
            }
            // and the empty directory, which init has pinned
            assertEquals(totals(owners.keySet()).plus(1, 4), report.kept());
            assertEquals(totals(sizes.keySet()).plus(1, 4), report.listed());
        }
    }

    private Totals totals(Set<Multihash> hashes) {
        return new Totals(
                hashes.size(),
                hashes.stream().mapToLong(hash -> sizes.getOrDefault(hash, 0)).sum());
    }
}
