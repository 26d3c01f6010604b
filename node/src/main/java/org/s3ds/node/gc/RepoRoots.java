package org.s3ds.node.gc;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.s3ds.datastore.Datastore;
import org.s3ds.datastore.Entry;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.Query;
import org.s3ds.datastore.Results;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.FormatException;
import org.s3ds.ipld.Multibase;
import org.s3ds.ipld.Multihash;
import org.s3ds.ipld.ipns.IpnsRecord;
import org.s3ds.ipld.keys.PeerId;
import org.s3ds.node.pins.FilesRoot;
import org.s3ds.node.pins.PinRecord;
import org.s3ds.node.pins.Pins;

/** What a repo keeps: its pins, the root of its files (MFS), and if asked what its IPNS names stand for. */
public final class RepoRoots implements Roots {
    private static final Key NAMES = Key.raw("/ipns");

    private final Queue<Root> others = new ArrayDeque<>();
    private final List<String> notices = new ArrayList<>();
    private final Iterator<PinRecord> pins;

    /**
     * Takes them all down, as they are now.
     *
     * @param names whether what IPNS names stand for is kept, too
     * @param lenient whether blocks that are missing below the files' root are passed over
     * @throws IOException when not all of them can be had, or one cannot be read
     */
    public RepoRoots(Datastore store, Pins pins, boolean names, boolean lenient) throws IOException {
        this.pins = pins.snapshot().iterator();
        Root.Extent extent = lenient ? Root.Extent.DAG_AS_FAR_AS_THERE : Root.Extent.DAG;
        new FilesRoot(store).cid().ifPresent(cid -> others.add(new Root(FilesRoot.NAME, cid, extent)));
        if (names) {
            addNames(store);
        }
    }

    @Override
    public Optional<Root> next() {
        return pins.hasNext() ? Optional.of(pinned(pins.next())) : Optional.ofNullable(others.poll());
    }

    /** What should be known of what is not kept; a sentence each. */
    public List<String> notices() {
        return notices;
    }

    private static Root pinned(PinRecord pin) {
        String name = pin.name().isEmpty() ? "" : " (\"" + pin.name().replaceAll("\\p{Cntrl}", "?") + "\")";
        Root.Extent extent = switch (pin.mode()) {
            case RECURSIVE -> Root.Extent.DAG;
            case DIRECT -> Root.Extent.BLOCK;
        };
        return new Root("the pin " + pin.cid() + name, pin.cid(), extent);
    }

    /**
     * Every record below {@code /ipns} is of a name that this repo has published. Whether it has the key still does not
     * matter: what is kept in vain does no harm.
     */
    private void addNames(Datastore store) throws IOException {
        try (Results results = store.query(Query.of(NAMES))) {
            for (Optional<Entry> entry = results.next(); entry.isPresent(); entry = results.next()) {
                addName(entry.get().key(), entry.get().value().orElseThrow());
            }
        }
    }

    private void addName(Key key, byte[] bytes) throws IOException {
        try {
            String name = "/ipns/" + new PeerId(Multihash.decode(Multibase.BASE32_UPPER.decodeBare(key.base()))).name();
            IpnsRecord record = IpnsRecord.decode(bytes);
            record.requireConsistent();
            Optional<Cid> root = record.root();
            if (root.isPresent()) {
                others.add(new Root("the name " + name, root.get(), Root.Extent.DAG));
            } else {
                notices.add("the name " + name + " stands for " + record.value() + ", another name, and keeps nothing");
            }
        } catch (FormatException e) {
            throw new FormatException("the IPNS record in " + key + " is damaged: " + e.getMessage(), e);
        }
    }
}
