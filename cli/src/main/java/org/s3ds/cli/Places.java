package org.s3ds.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.s3ds.datastore.AccessException;
import org.s3ds.datastore.Claim;
import org.s3ds.datastore.Datastore;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.StoreClaims;
import org.s3ds.datastore.StoreConfig;
import org.s3ds.datastore.StoreContext;
import org.s3ds.datastore.StoreType;
import org.s3ds.ipld.Cid;
import org.s3ds.node.repo.Config;
import org.s3ds.node.repo.DatastoreSpec;
import org.s3ds.node.repo.MountedStore;
import org.s3ds.node.transfer.Source;

/** Opens places that a command line names. */
final class Places {
    private static final String SHARDING = "SHARDING";
    /** As Kubo has it. */
    private static final String USUAL_SHARDING = "/repo/flatfs/shard/v1/next-to-last/2";

    /** Stores that somebody else may have open while they are read, and what may stand around them. */
    private static final Set<String> READ_BESIDE_OTHERS = Set.of("flatfs", Stores.S3, "measure", "log");

    private final TerminalSession session;
    private final PlaceOptions options;

    Places(TerminalSession session, PlaceOptions options) {
        this.session = session;
        this.options = options;
    }

    /**
     * Places that are read.
     *
     * @param sources give their blocks, in the same sequence
     * @param stores what is open for that
     */
    record Opened(List<Source> sources, List<Datastore> stores) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            IOException failure = null;
            for (Datastore store : stores) {
                try {
                    store.close();
                } catch (IOException e) {
                    failure = failure == null ? e : failure;
                }
            }
            if (failure != null) {
                throw failure;
            }
        }
    }

    /**
     * Opens places, and changes nothing there.
     *
     * @param isFrom whether the options apply that are for places that are copied from
     */
    Opened toRead(List<BlockPlace> places, boolean isFrom) throws IOException {
        Opened opened = new Opened(new ArrayList<>(), new ArrayList<>());
        try {
            for (BlockPlace place : places) {
                open(place, isFrom, opened);
            }
            return opened;
        } catch (IOException | RuntimeException e) {
            try (opened) {
                throw e;
            }
        }
    }

    private void open(BlockPlace place, boolean isFrom, Opened into) throws IOException {
        if (place instanceof BlockPlace.Folder(Path folder) && Files.notExists(folder)) {
            throw new NoSuchFileException(folder.toString());
        }
        switch (place) {
            case BlockPlace.Car(Path file) -> {
                requireFile(file);
                into.sources.add(Source.ofCar(file));
            }
            case BlockPlace.OfRepo _ -> add(ofRepo(), into);
            case BlockPlace.Folder _, BlockPlace.Bucket _, BlockPlace.Spec _ ->
                add(
                        DatastoreSpec.parse(spec(place, isFrom), types(place))
                                .open(context().toRead()),
                        into);
        }
    }

    private static void add(Datastore store, Opened into) {
        into.stores.add(store);
        into.sources.add(Source.of(store.inBackground()));
    }

    /** Makes sure that nobody has claimed a store that is to be written to. */
    void requireUnclaimed(BlockPlace place) throws IOException {
        for (StoreConfig store :
                DatastoreSpec.parse(spec(place, false), types(place)).stores()) {
            if (store.claims().isPresent()) {
                requireUnclaimed(store.claims().get());
            }
        }
    }

    /** Opens a store to be written to, beside others who may do so; nothing is claimed by that. */
    Datastore toWrite(BlockPlace place) throws IOException {
        Map<String, Object> spec = spec(place, false);
        List<Map<String, Object>> shared = DatastoreSpec.parse(spec, types(place)).stores().stream()
                .map(store ->
                        store.claims().map(claims -> claims.settings(false)).orElse(Map.of()))
                .toList();
        return DatastoreSpec.parse(DatastoreSpec.with(spec, shared.iterator()), types(place))
                .open(context());
    }

    private void requireUnclaimed(StoreClaims claims) throws IOException {
        if (claims.access().equals("read-only")) {
            throw new AccessException("the spec of %s says that it is only read".formatted(claims.place()));
        }
        Optional<Claim> claim = claims.show(context());
        if (claim.isPresent() && !claim.get().released()) {
            throw new AccessException(
                    "%s is claimed by the repo %s (on %s, since %s), whose garbage collection would remove what is copied"
                                    .formatted(
                                            claims.place(),
                                            claim.get().repo(),
                                            claim.get().host(),
                                            claim.get().since())
                            + " there: name another root directory, or use \"s3ds migrate\" in that repo");
        }
    }

    /** What a journal calls a place: with its server. */
    String inFull(BlockPlace place, boolean isFrom) {
        String server = place instanceof BlockPlace.Bucket bucket ? options.endpoint(bucket, isFrom) : "";
        return place + (server.isEmpty() ? "" : " at " + server);
    }

    /** What CARs among places name as the tops of their DAGs. */
    static List<Cid> roots(List<BlockPlace> places) throws IOException {
        Set<Cid> roots = new LinkedHashSet<>();
        for (BlockPlace place : places) {
            if (place instanceof BlockPlace.Car(Path file)) {
                requireFile(file);
                roots.addAll(Source.rootsOf(file));
            }
        }
        return List.copyOf(roots);
    }

    /** Whether there is nothing at all yet at a place in the file system. */
    static boolean isNew(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return true;
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.findAny().isEmpty();
        } catch (NotDirectoryException e) {
            throw new IOException(folder + " is a file, and no place for blocks: it may be " + BlockPlace.KINDS, e);
        }
    }

    private Map<String, Object> spec(BlockPlace place, boolean isFrom) throws IOException {
        return switch (place) {
            case BlockPlace.Bucket bucket -> options.spec(bucket, isFrom, session.terminal());
            case BlockPlace.Spec(Path file) -> StoreFiles.spec(session.terminal(), file.toString());
            case BlockPlace.Folder(Path folder) ->
                Map.of("type", "flatfs", "path", folder.toString(), "shardFunc", sharding(folder), "sync", true);
            case BlockPlace.Car _, BlockPlace.OfRepo _ ->
                throw new UsageException(
                        "%s cannot be written to so; give a folder, a bucket or a CAR".formatted(place));
        };
    }

    private static String sharding(Path folder) throws IOException {
        try {
            return Files.readString(folder.resolve(SHARDING)).strip();
        } catch (NoSuchFileException e) {
            if (isNew(folder)) {
                return USUAL_SHARDING;
            }
            boolean isAbove = Files.exists(folder.resolve("blocks").resolve(SHARDING));
            throw new IOException(
                    isAbove
                            ? folder + " is a repo: its blocks are in " + folder.resolve("blocks")
                            : folder + " has files, but no file SHARDING, so that it is no flatfs folder",
                    e);
        }
    }

    private Datastore ofRepo() throws IOException {
        Config config = session.config();
        Map<String, @Nullable Object> blocks =
                MountedStore.in(config, Key.of("/blocks")).spec();
        StoreContext context = new StoreContext(
                        session.repo(), session.metrics(), session.terminal().environment())
                .toRead();
        Set<String> others = new TreeSet<>(DatastoreSpec.typesIn(blocks));
        others.removeAll(READ_BESIDE_OTHERS);
        if (!others.isEmpty()) {
            throw new IOException("the blocks of this repo are in a store of the type %s, which cannot be read beside"
                            .formatted(String.join(", ", others))
                    + " others; give the place itself");
        }
        return DatastoreSpec.parse(blocks, session.types(config)).open(context);
    }

    private List<StoreType> types(BlockPlace place) throws IOException {
        return place instanceof BlockPlace.Spec ? session.types() : session.bundled();
    }

    private StoreContext context() throws IOException {
        Terminal terminal = session.terminal();
        return new StoreContext(terminal.directory(), session.metrics(), terminal.environment());
    }

    private static void requireFile(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new NoSuchFileException(file.toString());
        }
    }
}
