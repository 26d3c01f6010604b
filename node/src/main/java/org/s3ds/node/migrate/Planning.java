package org.s3ds.node.migrate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.s3ds.datastore.Datastore;
import org.s3ds.datastore.Entry;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.Query;
import org.s3ds.datastore.Results;
import org.s3ds.datastore.StoreDoctor;
import org.s3ds.datastore.StoreIndex.Totals;
import org.s3ds.node.repo.Config;
import org.s3ds.node.repo.DatastoreSpec;
import org.s3ds.node.repo.MountedStore;
import org.s3ds.node.repo.Repo;
import org.s3ds.node.transfer.Found;
import org.s3ds.node.transfer.Known;
import org.s3ds.node.transfer.SpeedTrial;
import org.s3ds.node.transfer.Transfer;
import org.s3ds.node.transfer.TransferListener;
import org.s3ds.node.transfer.TransferOptions;
import org.s3ds.node.transfer.TransferProgress;
import org.s3ds.node.transfer.TransferReport;

/**
 * Finds out what a migration would do: lists both places, reads a few dozen blocks, and stores as many values in a
 * corner of the target to see how long that takes, and takes them away again. Nothing in the repo changes. For one
 * plan.
 */
final class Planning {
    private static final int PAGE = 1000;

    /** To look what there is, to copy, and once more with the repo locked. */
    private static final int LISTINGS_OF_SOURCE = 3;

    private static final Totals NONE = new Totals(0, 0);

    private final Surroundings around;
    private final MigrationListener listener;
    private final SpeedTrial reading = new SpeedTrial();
    private final List<String> notes = new ArrayList<>();

    Planning(Surroundings around, MigrationListener listener) {
        this.around = around;
        this.listener = listener;
    }

    /** What both places have. */
    private record Contents(Totals source, Totals target, Totals others, Totals toCopy, Found foreign) {}

    MigrationPlan plan(Key mountpoint, Side from, Side target) throws IOException {
        Side to = new TargetCheck(around, notes::add).require(target, from, mountpoint);
        requireWritable(to);
        boolean isOfBlocks = mountpoint.equals(Migration.BLOCKS);
        Contents contents =
                isOfBlocks ? blocks(from, to) : Repo.alone(around.repo(), around.environment(), () -> values(from, to));
        if (isOfBlocks && contents.others.count() > 0) {
            notes.add(
                    "the target has blocks that this repo does not have: without --keep-others nothing is moved there");
        }
        MountedStore now = MountedStore.in(Config.read(around.repo()), mountpoint);
        return new MigrationPlan(
                mountpoint,
                from.words(),
                to.words(),
                contents.source,
                contents.target,
                contents.others,
                contents.toCopy,
                contents.foreign,
                requests(from, to, contents),
                isOfBlocks ? time(from, to, contents.toCopy) : Optional.empty(),
                free(to),
                diskSpec(now.whole()),
                diskSpec(now.withStore(to.spec())),
                notes);
    }

    private Contents blocks(Side from, Side to) throws IOException {
        Path scratch = Files.createTempDirectory("s3ds-plan");
        try (Known there = Known.open(scratch.resolve("target"));
                Known had = Known.open(scratch.resolve("source"));
                Datastore source = from.openToRead(around)) {
            listener.phase("listing the target");
            if (hasPlace(to)) {
                try (Datastore target = to.openToRead(around)) {
                    there.fill(target, listener::total);
                }
            }
            listener.phase("listing the source");
            TransferReport count =
                    new Transfer(source, source, there, TransferOptions.DEFAULT.toCount(), counting(had, there)).run();
            return new Contents(count.listed(), there.totals(), others(there, had), count.copied(), count.foreign());
        } finally {
            Files.deleteIfExists(scratch);
        }
    }

    /** Of what is no blocks; all of it is copied, and nothing may be there. Nobody else has the repo meanwhile. */
    private Contents values(Side from, Side to) throws IOException {
        listener.phase("listing");
        Totals there = hasPlace(to) ? totals(to) : NONE;
        Totals source = totals(from);
        return new Contents(source, there, there, source, Found.NONE);
    }

    private Totals totals(Side side) throws IOException {
        Totals totals = NONE;
        try (Datastore store = side.openToRead(around);
                Results results = store.query(Query.keys(Key.ROOT).withSizes())) {
            for (Optional<Entry> entry = results.next(); entry.isPresent(); entry = results.next()) {
                totals = totals.plus(1, entry.get().size().orElse(0));
            }
        }
        return totals;
    }

    private TransferListener counting(Known had, Known there) {
        return new TransferListener() {
            @Override
            public void progress(TransferProgress so) throws IOException {
                listener.progress(so);
            }

            @Override
            public void seen(Key key, long size) throws IOException {
                had.add(key, size);
                if (there.size(key).isEmpty()) {
                    reading.offer(key, size);
                }
            }
        };
    }

    private static Totals others(Known there, Known had) throws IOException {
        Totals others = NONE;
        try (Known.Cursor all = there.all()) {
            while (all.next()) {
                if (had.size(all.key()).isEmpty()) {
                    others = others.plus(1, all.size());
                }
            }
        }
        return others;
    }

    /** A folder that a store would make is not there yet, or empty; nobody makes one by looking. */
    private boolean hasPlace(Side side) throws IOException {
        Optional<Path> folder = folder(side);
        if (folder.isEmpty()) {
            return true;
        }
        if (!Files.isDirectory(folder.get())) {
            return Files.exists(folder.get());
        }
        try (var entries = Files.list(folder.get())) {
            return entries.findAny().isPresent();
        }
    }

    private Optional<Path> folder(Side side) {
        return Overlap.folder(side.store(), around.repo());
    }

    private OptionalLong free(Side to) throws IOException {
        Optional<Path> folder = folder(to);
        return folder.isPresent()
                ? OptionalLong.of(Files.getFileStore(existing(folder.get())).getUsableSpace())
                : OptionalLong.empty();
    }

    private void requireWritable(Side to) throws MigrationException {
        Optional<Path> folder = folder(to);
        if (folder.isPresent() && !Files.isWritable(existing(folder.get()))) {
            throw new MigrationException("nothing can be written to " + existing(folder.get())
                    + ": allow it, or choose another place for the blocks");
        }
    }

    /** The folder itself, or the one that it will be made in. */
    private static Path existing(Path folder) {
        Path there = folder;
        while (!Files.exists(there)) {
            there = Objects.requireNonNull(there.getParent());
        }
        return there;
    }

    private MigrationPlan.Requests requests(Side from, Side to, Contents contents) {
        long gets = from.isAtServer() ? contents.toCopy.count() : 0;
        long puts = to.isAtServer() ? contents.toCopy.count() : 0;
        long fromLists = LISTINGS_OF_SOURCE * lists(from, contents.source);
        long toLists = lists(to, contents.target);
        OptionalDouble reading = dollars(from, prices -> gets * prices.get() + fromLists * prices.list());
        OptionalDouble storing = dollars(to, prices -> puts * prices.put() + toLists * prices.list());
        return new MigrationPlan.Requests(
                gets,
                puts,
                fromLists + toLists,
                reading.isPresent() && storing.isPresent()
                        ? OptionalDouble.of(reading.getAsDouble() + storing.getAsDouble())
                        : OptionalDouble.empty());
    }

    private static long lists(Side side, Totals all) {
        return side.isAtServer() ? all.count() / PAGE + 1 : 0;
    }

    private OptionalDouble dollars(Side side, ToDoubleFunction<StoreDoctor.RequestPrices> cost) {
        if (!side.isAtServer()) {
            return OptionalDouble.of(0);
        }
        Optional<StoreDoctor.RequestPrices> prices =
                side.store().doctor().flatMap(doctor -> doctor.prices(around.stores()));
        return prices.isPresent() ? OptionalDouble.of(cost.applyAsDouble(prices.get())) : OptionalDouble.empty();
    }

    /** The slower of the two sides says how long it takes: they work at the same time. */
    private Optional<Duration> time(Side from, Side to, Totals toCopy) throws IOException {
        listener.phase("trying out how long it takes");
        OptionalDouble puts = putsPerSecond(to, Math.toIntExact(toCopy.bytes() / Math.max(1, toCopy.count())));
        if (puts.isEmpty() || toCopy.count() == 0) {
            return Optional.empty();
        }
        double perSecond = puts.getAsDouble();
        try (Datastore source = from.openToRead(around)) {
            OptionalDouble reads = reading.readsPerSecond(source);
            perSecond = Math.min(perSecond, reads.orElse(perSecond));
        }
        return Optional.of(Duration.ofMillis((long) (toCopy.count() / perSecond * 1000)));
    }

    /** With values as large as those to be copied are on average; it fails where nothing may be stored. */
    private OptionalDouble putsPerSecond(Side to, int size) throws IOException {
        Optional<StoreDoctor> doctor = to.store().doctor();
        if (doctor.isPresent()) {
            return doctor.get().putsPerSecond(around.stores(), size);
        }
        Optional<Path> folder = folder(to);
        return folder.isPresent() ? OptionalDouble.of(filesPerSecond(folder.get(), size)) : OptionalDouble.empty();
    }

    /** In a folder of its own beside the target, so that it is the same disk. */
    private double filesPerSecond(Path target, int size) throws IOException {
        Path scratch = Files.createTempDirectory(existing(target), ".s3ds-plan-");
        try (Datastore store = Side.of(files(scratch), around.types()).open(around)) {
            return SpeedTrial.putsPerSecond(store, size);
        } finally {
            Folders.remove(scratch);
        }
    }

    private static Map<String, @Nullable Object> files(Path folder) {
        Map<String, @Nullable Object> spec = new LinkedHashMap<>();
        spec.put("type", "flatfs");
        spec.put("path", folder.toString());
        spec.put("shardFunc", "/repo/flatfs/shard/v1/next-to-last/2");
        spec.put("sync", true);
        return spec;
    }

    private String diskSpec(Map<String, @Nullable Object> spec) throws IOException {
        return DatastoreSpec.parse(spec, around.types()).diskSpec();
    }
}
