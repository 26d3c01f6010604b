package org.s3ds.cli;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.s3ds.datastore.Datastore;
import org.s3ds.datastore.Entry;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.Query;
import org.s3ds.datastore.Results;
import org.s3ds.ipld.Block;
import org.s3ds.ipld.BlockSource;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.MissingBlockException;
import org.s3ds.node.transfer.BlockNames;
import org.s3ds.node.transfer.CarCopies;

/** Blocks of a place that a command line names, each to be had by itself, as they are there. */
final class CopiesOfPlace implements BlockSource, AutoCloseable {
    private final BlockPlace place;
    private final BlockSource source;
    private final AutoCloseable opened;

    private CopiesOfPlace(BlockPlace place, BlockSource source, AutoCloseable opened) {
        this.place = place;
        this.source = source;
        this.opened = opened;
    }

    /** Opens a place to be read. A CAR is read once for that. */
    static CopiesOfPlace open(String text, TerminalSession session, PlaceOptions options) throws IOException {
        BlockPlace place = BlockPlace.parse(text, session.terminal().directory());
        return switch (place) {
            case BlockPlace.OfRepo _ ->
                throw new UsageException(
                        "the blocks of this repo cannot be repaired from themselves: name another place");
            case BlockPlace.Car car -> {
                CarCopies copies = CarCopies.open(car.file());
                yield new CopiesOfPlace(place, copies, copies);
            }
            case BlockPlace.Folder _, BlockPlace.Bucket _, BlockPlace.Spec _ -> {
                Places.Opened opened = new Places(session, options).toRead(List.of(place), true);
                Datastore store = opened.stores().getFirst();
                requireThere(store, opened);
                yield new CopiesOfPlace(place, cid -> block(store, cid), opened);
            }
        };
    }

    /** That nobody answers is told before the blocks are looked at, not with each of them. */
    private static void requireThere(Datastore store, Places.Opened opened) throws IOException {
        try (Results first = store.query(Query.keys(Key.ROOT).withSlice(0, 1))) {
            Optional<Entry> ignored = first.next();
        } catch (IOException e) {
            try (opened) {
                throw e;
            }
        }
    }

    private static Block block(Datastore store, Cid cid) throws IOException {
        byte[] data = store.get(BlockNames.keyOf(cid.hash())).orElseThrow(() -> new MissingBlockException(cid));
        return Block.of(cid, data);
    }

    /** The place, for people. */
    String name() {
        return place.toString();
    }

    @Override
    public Block get(Cid cid) throws IOException {
        return source.get(cid);
    }

    @Override
    public void close() throws IOException {
        try {
            opened.close();
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(place + " could not be closed: " + e.getMessage(), e);
        }
    }
}
