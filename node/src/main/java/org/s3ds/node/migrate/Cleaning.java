package org.s3ds.node.migrate;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.s3ds.datastore.AccessException;
import org.s3ds.datastore.Batch;
import org.s3ds.datastore.Datastore;
import org.s3ds.datastore.Entry;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.MountDatastore;
import org.s3ds.datastore.Query;
import org.s3ds.datastore.Results;
import org.s3ds.ipld.Cid;
import org.s3ds.node.blocks.Blockstore;
import org.s3ds.node.blocks.HashPolicy;
import org.s3ds.node.repo.Config;
import org.s3ds.node.repo.MountedStore;
import org.s3ds.node.transfer.Known;

/**
 * Removes what a migration has left behind, at the place that the repo does not have any more: only where the place is
 * this repo's, a bucket by a claim, a folder by lying in the repo; and only what a repo puts there. Whoever calls it
 * has the repo, and has made sure that all blocks which the repo needs are whole in the store that it has now. Cut
 * short, it is done again.
 */
public final class Cleaning {
    private static final int TOGETHER = 1000;

    private final Surroundings around;
    private final MigrationStatus status;
    private final MigrationListener listener;

    /** Of one migration that is over. */
    public Cleaning(Surroundings around, MigrationStatus status, MigrationListener listener) {
        this.around = around;
        this.status = status;
        this.listener = listener;
    }

    /**
     * What was removed.
     *
     * @param place the place, in words
     * @param values how many values
     * @param released whether the place was given up, so that any repo may claim it
     * @param left files that are not the repo's, and so stay; the first few
     */
    public record Cleaned(String place, long values, boolean released, List<String> left) {
        /** Copies the list. */
        public Cleaned {
            left = List.copyOf(left);
        }
    }

    /** The migrations of a repo that have left something behind, the oldest first. */
    public static List<MigrationStatus> due(Surroundings around) throws IOException {
        return MigrationStatus.allOf(around).stream()
                .filter(each -> !each.state().isUnderWay() && !each.isCleaned())
                .toList();
    }

    /** The place that is left, in words. */
    public String place() throws IOException {
        return left().words();
    }

    /** Whether the repo has that place again, by whatever name, or one in it or around it: it is not cleaned then. */
    public boolean isInUse() throws IOException {
        return new Overlap(around).inRepo(left().store()).isPresent();
    }

    /**
     * Blocks at the place that was left which the store that the repo has now lacks: garbage that was collected since,
     * or what was damaged and left out. Lists both.
     */
    public long elsewhereAlone() throws IOException {
        if (!status.mountpoint().equals(Migration.BLOCKS) || isGone(left())) {
            return 0;
        }
        Side now = Side.of(
                MountedStore.in(Config.read(around.repo()), status.mountpoint()).spec(), around.types());
        long alone = 0;
        try (Datastore store = now.openToRead(around);
                Datastore old = left().openToRead(around);
                Known there = Known.open(status.folder().names("now"));
                Known before = Known.open(status.folder().names("left"))) {
            listener.phase("listing both places");
            there.fill(store, listener::total);
            before.fill(old, listener::total);
            try (Known.Cursor all = before.all()) {
                while (all.next()) {
                    alone += there.size(all.key()).isEmpty() ? 1 : 0;
                }
            }
        }
        return alone;
    }

    /** Whether the place that was left has one of some blocks. */
    public boolean hasAny(Collection<Cid> blocks) throws IOException {
        if (blocks.isEmpty() || !status.mountpoint().equals(Migration.BLOCKS) || isGone(left())) {
            return false;
        }
        try (Datastore old = left().openToRead(around)) {
            Blockstore there = new Blockstore(
                    new MountDatastore(List.of(new MountDatastore.Mount(Migration.BLOCKS, old))), HashPolicy.kubo());
            for (Cid block : blocks) {
                if (there.has(block)) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean isGone(Side left) {
        return folder(left).filter(Files::notExists).isPresent();
    }

    /**
     * Removes it.
     *
     * @throws MigrationException when the place is in use, or not this repo's alone; nothing was removed
     */
    public Cleaned run() throws IOException {
        try (MigrationLock _ = MigrationLock.take(around.repo())) {
            return clean();
        }
    }

    private Cleaned clean() throws IOException {
        if (isInUse()) {
            throw new MigrationException("the repo has " + place() + " now: there is nothing to clean");
        }
        refuseOthers();
        Side left = left();
        Optional<Path> folder = folder(left);
        if (isGone(left) || isUntouched()) {
            return done(left, 0, List.of());
        }
        if (folder.isPresent() && !Overlap.real(folder.get()).startsWith(Overlap.real(around.repo()))) {
            throw new MigrationException(folder.get()
                    + " does not lie in the repo, so that others may use it: remove it" + " by hand when nobody does");
        }
        long removed;
        try (Datastore store = left.open(around)) {
            requireDeletes(store);
            listener.phase("removing " + left.words());
            removed = status.mountpoint().equals(Migration.BLOCKS) ? removeBlocks(store) : removeAll(store);
            store.sync(Key.ROOT);
        }
        return done(left, removed, folder.isPresent() ? tidy(folder.get(), left) : List.of());
    }

    /** A target of which the migration never learnt what was there got nothing from it. */
    private boolean isUntouched() {
        return status.state() != MigrationState.SWITCHED
                && status.folder().journal().last(Step.FOUND).isEmpty();
    }

    /** A target that had blocks of others when the migration began is not only the repo's to remove. */
    private void refuseOthers() throws IOException {
        boolean hadOthers = status.state() != MigrationState.SWITCHED
                && status.folder().journal().entries().stream()
                        .anyMatch(entry -> entry.step().equals(Step.FOUND) && entry.number("others") > 0);
        if (hadOthers) {
            throw new MigrationException(
                    "nothing was removed at " + place() + ": it had blocks before the migration that"
                            + " the repo did not have; remove by hand what nobody needs");
        }
    }

    private void requireDeletes(Datastore store) throws IOException {
        try {
            store.requireDeletes(Key.ROOT);
        } catch (AccessException e) {
            throw new MigrationException(
                    "nothing was removed at " + place()
                            + ", which is not this repo's alone: remove the blocks there with the"
                            + " server's own tools when nobody needs them (" + e.getMessage() + ")",
                    e);
        }
    }

    private Cleaned done(Side left, long removed, List<String> foreign) throws IOException {
        boolean released = left.release(around);
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("place", left.words());
        fields.put("removed", removed);
        fields.put("released", released);
        status.folder().journal().append(Step.CLEANED, fields);
        return new Cleaned(left.words(), removed, released, foreign);
    }

    /** Before the switch it is the target, as after the way back. */
    private Side left() throws IOException {
        return status.state() == MigrationState.SWITCHED
                ? Side.of(
                        MountedStore.in(status.folder().configBefore(), status.mountpoint())
                                .spec(),
                        around.types())
                : Side.of(status.folder().target(), around.types());
    }

    private Optional<Path> folder(Side side) {
        return Overlap.folder(side.store(), around.repo());
    }

    /** Names that are no blocks stay. */
    private long removeBlocks(Datastore store) throws IOException {
        try (Known there = Known.open(status.folder().names("left"))) {
            there.fill(store, listener::total);
            List<Key> keys = new ArrayList<>();
            try (Known.Cursor all = there.all()) {
                while (all.next()) {
                    keys.add(all.key());
                    if (keys.size() == TOGETHER) {
                        remove(store, keys);
                    }
                }
            }
            remove(store, keys);
            return there.totals().count();
        }
    }

    private static long removeAll(Datastore store) throws IOException {
        List<Key> keys = new ArrayList<>();
        try (Results results = store.query(Query.keys(Key.ROOT))) {
            for (Optional<Entry> entry = results.next(); entry.isPresent(); entry = results.next()) {
                keys.add(entry.get().key());
            }
        }
        long count = keys.size();
        remove(store, keys);
        return count;
    }

    private static void remove(Datastore store, List<Key> keys) throws IOException {
        Batch batch = store.batch();
        for (Key key : keys) {
            batch.delete(key);
        }
        batch.commit();
        keys.clear();
    }

    /** Removes what the store itself keeps in its folder; what others have put there stays, and the folder with it. */
    private static List<String> tidy(Path folder, Side left) throws IOException {
        String type = String.valueOf(left.spec().get("type"));
        List<String> foreign = new ArrayList<>();
        for (Path file : Folders.upwards(folder)) {
            if (Files.isDirectory(file)) {
                removeIfEmpty(file);
            } else if (isOf(type, folder.relativize(file))) {
                Files.delete(file);
            } else {
                foreign.add(file.toString());
            }
        }
        return foreign.stream().limit(10).toList();
    }

    private static boolean isOf(String type, Path file) {
        return switch (type) {
            case "flatfs" ->
                file.startsWith(".temp")
                        || List.of("SHARDING", "_README", "diskUsage.cache").contains(file.toString());
            case "levelds" ->
                file.toString().matches("CURRENT|LOCK|LOG|LOG\\.old|MANIFEST-\\d+|\\d+\\.(log|ldb|sst|dbtmp)");
            case "s3ds-embedded" -> true; // nobody else knows what the server keeps there
            default -> false;
        };
    }

    private static void removeIfEmpty(Path folder) throws IOException {
        try {
            Files.delete(folder);
        } catch (DirectoryNotEmptyException e) {
            // somebody else's files are in it
        }
    }
}
