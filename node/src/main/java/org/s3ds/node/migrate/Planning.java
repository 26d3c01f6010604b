package org.s3ds.node.migrate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.s3ds.datastore.Datastore;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.StoreClaims;
import org.s3ds.datastore.StoreDoctor;
import org.s3ds.datastore.StoreIndex.Totals;
import org.s3ds.node.repo.Config;
import org.s3ds.node.repo.DatastoreSpec;
import org.s3ds.node.repo.MountedStore;
import org.s3ds.node.transfer.Known;
import org.s3ds.node.transfer.Transfer;
import org.s3ds.node.transfer.TransferListener;
import org.s3ds.node.transfer.TransferOptions;
import org.s3ds.node.transfer.TransferProgress;
import org.s3ds.node.transfer.TransferReport;

/**
 * Finds out what a migration of blocks would do: lists both places, and stores a few dozen values in a corner of the
 * target to see how long that takes, and takes them away again. Nothing in the repo changes. For one plan.
 */
final class Planning {
    private static final int PAGE = 1000;
    private static final Totals NONE = new Totals(0, 0);

    private final Surroundings around;
    private final MigrationListener listener;
    private final List<String> notes = new ArrayList<>();

    Planning(Surroundings around, MigrationListener listener) {
        this.around = around;
        this.listener = listener;
    }

    /** What both places have. */
    private record Contents(TransferReport count, Totals target, Totals others) {}

    MigrationPlan plan(Side from, Side to) throws IOException {
        Optional<StoreClaims> claims = to.store().claims();
        if (claims.isPresent()) {
            notes.addAll(claims.get().propose(around.stores(), around.repo()).notes());
        }
        Contents contents = contents(from, to);
        Totals toCopy = contents.count.copied();
        long lists = lists(from, contents.count.listed()) + lists(to, contents.target);
        Optional<StoreDoctor.Trial> trial = trial(to, toCopy);
        MountedStore now = MountedStore.in(Config.read(around.repo()), Migration.BLOCKS);
        return new MigrationPlan(
                from.words(),
                to.words(),
                contents.count.listed(),
                contents.target,
                contents.others,
                toCopy,
                contents.count.foreign(),
                claims.isPresent() ? toCopy.count() : 0,
                lists,
                dollars(trial, toCopy.count(), lists),
                trial.map(known -> Duration.ofMillis((long) (toCopy.count() / known.perSecond() * 1000))),
                free(to),
                diskSpec(now.whole()),
                diskSpec(now.withStore(to.spec())),
                notes);
    }

    private Contents contents(Side from, Side to) throws IOException {
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
                    new Transfer(source, source, there, TransferOptions.DEFAULT.toCount(), counting(had)).run();
            return new Contents(count, there.totals(), others(there, had));
        } finally {
            Files.deleteIfExists(scratch);
        }
    }

    private TransferListener counting(Known had) {
        return new TransferListener() {
            @Override
            public void progress(TransferProgress so) throws IOException {
                listener.progress(so);
            }

            @Override
            public void seen(Key key, long size) throws IOException {
                had.add(key, size);
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
        return side.spec().get("path") instanceof String path
                ? Optional.of(around.repo().resolve(path))
                : Optional.empty();
    }

    private OptionalLong free(Side to) throws IOException {
        Optional<Path> folder = folder(to);
        if (folder.isEmpty()) {
            return OptionalLong.empty();
        }
        Path there = folder.get();
        while (!Files.exists(there)) {
            there = there.resolveSibling("..").normalize();
        }
        return OptionalLong.of(Files.getFileStore(there).getUsableSpace());
    }

    private static long lists(Side side, Totals all) {
        return side.store().claims().isPresent() ? all.count() / PAGE + 1 : 0;
    }

    /** With values as large as those to be copied are on average. */
    private Optional<StoreDoctor.Trial> trial(Side to, Totals toCopy) throws IOException {
        if (toCopy.count() == 0) {
            return Optional.empty();
        }
        listener.phase("trying out how long it takes");
        int size = Math.toIntExact(toCopy.bytes() / toCopy.count());
        Optional<StoreDoctor> doctor = to.store().doctor();
        Optional<Path> folder = folder(to);
        if (doctor.isPresent()) {
            return doctor.get().tryOut(around.stores(), size);
        }
        return folder.isPresent() ? Optional.of(onDisk(size)) : Optional.empty();
    }

    /** In a folder of its own, on the disk of the repo. */
    private StoreDoctor.Trial onDisk(int size) throws IOException {
        Path scratch = Files.createTempDirectory("s3ds-plan");
        try (Datastore store = Side.of(files(scratch), around.types()).open(around)) {
            int values = 32;
            long begin = System.nanoTime();
            for (int i = 0; i < values; i++) {
                byte[] value = new byte[size];
                Arrays.fill(value, (byte) i);
                store.put(Key.of("/TRIAL" + i), value);
            }
            double seconds = (System.nanoTime() - begin) / 1e9;
            return new StoreDoctor.Trial(values / seconds, OptionalDouble.of(0), OptionalDouble.of(0));
        } finally {
            remove(scratch);
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

    private static void remove(Path folder) throws IOException {
        List<Path> all;
        try (var files = Files.walk(folder)) {
            all = files.toList().reversed();
        }
        for (Path file : all) {
            Files.deleteIfExists(file);
        }
    }

    private static OptionalDouble dollars(Optional<StoreDoctor.Trial> trial, long puts, long lists) {
        return trial.isPresent()
                        && trial.get().dollarsPerPut().isPresent()
                        && trial.get().dollarsPerList().isPresent()
                ? OptionalDouble.of(puts * trial.get().dollarsPerPut().getAsDouble()
                        + lists * trial.get().dollarsPerList().getAsDouble())
                : OptionalDouble.empty();
    }

    private String diskSpec(Map<String, @Nullable Object> spec) throws IOException {
        return DatastoreSpec.parse(spec, around.types()).diskSpec();
    }
}
