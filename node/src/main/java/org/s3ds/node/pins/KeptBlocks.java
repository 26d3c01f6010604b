package org.s3ds.node.pins;

import java.io.IOException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.MissingBlockException;
import org.s3ds.ipld.Multihash;
import org.s3ds.node.blocks.Blockstore;
import org.s3ds.node.blocks.CidSet;
import org.s3ds.node.blocks.DagWalk;
import org.s3ds.node.blocks.Place;

/**
 * What keeps blocks: pins, and the root of the files. A block is kept under whatever CID it is met: version and codec
 * do not count here, as all its CIDs are one block. The pins are those of one moment: read one by one, an update could
 * move a pin from behind the reader to before it.
 */
public final class KeptBlocks {
    private final Blockstore blocks;
    private final Pins pins;
    private final FilesRoot files;

    /** Of a node. */
    public KeptBlocks(Blockstore blocks, Pins pins, FilesRoot files) {
        this.blocks = blocks;
        this.pins = pins;
        this.files = files;
    }

    /**
     * What keeps each of some blocks, as far as something does.
     *
     * @return by the block what keeps it, in Kubo's words where it has some: {@code pinned: recursive}, {@code pinned:
     *     direct}, {@code pinned via QmX}, {@code it is the root of the files (MFS)}
     * @throws IOException when a block on the way cannot be read, so that not everything is known; below the root of
     *     the files blocks may be missing, as Kubo has it
     */
    public Map<Multihash, String> of(Set<Multihash> hashes) throws IOException {
        return new Search(hashes, DagWalk.Visit::check).run();
    }

    /** The same, as far as it can be told: what is below blocks that cannot be read is passed over. */
    public Map<Multihash, String> asFarAsKnown(Set<Multihash> hashes) throws IOException {
        return new Search(hashes, visit -> {}).run();
    }

    /** Says what is done about a block that could not be read. */
    private interface Rule {
        void check(DagWalk.Visit visit) throws IOException;
    }

    private final class Search {
        private final Set<Multihash> wanted;
        private final Rule rule;
        private final Map<Multihash, String> found = new HashMap<>();
        /** One for both walks; the pins come first, as more must be there for them. */
        private final CidSet seen = new CidSet();

        Search(Set<Multihash> wanted, Rule rule) {
            this.wanted = wanted;
            this.rule = rule;
        }

        Map<Multihash, String> run() throws IOException {
            List<PinRecord> all = pins.snapshot();
            for (PinMode mode : PinMode.values()) {
                all.stream().filter(pin -> pin.mode() == mode).forEach(pin -> add(pin.cid(), "pinned: " + mode.word()));
            }
            if (found.size() < wanted.size()) {
                addBelow(all);
            }
            Optional<Cid> root = found.size() < wanted.size() ? files.cid() : Optional.empty();
            if (root.isPresent()) {
                addFiles(root.get());
            }
            return found;
        }

        private void addBelow(List<PinRecord> all) throws IOException {
            Iterator<Place> roots = all.stream()
                    .filter(pin -> pin.mode() == PinMode.RECURSIVE)
                    .map(pin -> Place.root(pin.cid()))
                    .iterator();
            walk(each(roots), rule, place -> "pinned via " + place.root());
        }

        private void addFiles(Cid root) throws IOException {
            add(root, "it is " + FilesRoot.NAME);
            Iterator<Place> once = List.of(Place.root(root, FilesRoot.NAME)).iterator();
            walk(each(once), this::checkFile, place -> "it is below " + FilesRoot.NAME);
        }

        private static DagWalk.Roots each(Iterator<Place> roots) {
            return () -> roots.hasNext() ? Optional.of(roots.next()) : Optional.empty();
        }

        private void checkFile(DagWalk.Visit visit) throws IOException {
            boolean mayBeMissing = !visit.place().isRoot()
                    && visit.failure()
                            .filter(MissingBlockException.class::isInstance)
                            .isPresent();
            if (mayBeMissing) {
                return;
            }
            try {
                rule.check(visit);
            } catch (IOException e) {
                throw new IOException(FilesRoot.NAME + ": " + e.getMessage(), e);
            }
        }

        private void walk(DagWalk.Roots roots, Rule each, Reason reason) throws IOException {
            try (DagWalk walk = new DagWalk(blocks, roots, DagWalk.Leaves.NAMED, seen)) {
                boolean goOn = found.size() < wanted.size();
                for (Optional<DagWalk.Visit> visit = next(walk, goOn); visit.isPresent(); visit = next(walk, goOn)) {
                    each.check(visit.get());
                    add(visit.get().place().cid(), reason.of(visit.get().place()));
                    goOn = found.size() < wanted.size();
                }
            }
        }

        private static Optional<DagWalk.Visit> next(DagWalk walk, boolean goOn) throws IOException {
            return goOn ? walk.next() : Optional.empty();
        }

        private void add(Cid cid, String why) {
            if (wanted.contains(cid.hash())) {
                found.putIfAbsent(cid.hash(), why);
            }
        }
    }

    /** Why a block is kept that was met at a place. */
    private interface Reason {
        String of(Place place);
    }
}
