package org.s3ds.node.migrate;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.StoreClaims;
import org.s3ds.datastore.StoreIndex.Totals;
import org.s3ds.node.repo.Config;
import org.s3ds.node.repo.MountedStore;
import org.s3ds.node.repo.Repo;
import org.s3ds.node.repo.SpecSwitch;

/**
 * Moves what is below one mountpoint of a repo from one store to another.
 *
 * <ol>
 *   <li>Everything there is now is copied, while Kubo or s3ds may have the repo: the source is only read. Each block is
 *       hashed on the way.
 *   <li>With {@code repo.lock}: what came meanwhile is copied, what went is deleted, and the repo gets the other store
 *       ({@link SpecSwitch}). That is the whole downtime.
 * </ol>
 *
 * <p>Whatever ends it, {@link #resume} goes on: what is copied is seen in the target, so the {@link Journal} need not
 * say it. Which of the two stores the repo has is what its config says. The source stays as it was, until
 * {@link Cleaning} removes it; until then {@link #revert} leads back.
 *
 * <p>One process at a time works on the migrations of a repo.
 */
public final class Migration implements AutoCloseable {
    /** Where blocks are, which have a hash to be checked. */
    public static final Key BLOCKS = Key.of("/blocks");

    private final Surroundings around;
    private final MigrationLock lock;
    private final MigrationListener listener;

    private Migration(Surroundings around, MigrationLock lock, MigrationListener listener) {
        this.around = around;
        this.lock = lock;
        this.listener = listener;
    }

    /**
     * Begins to work on the migrations of a repo; closed by the caller.
     *
     * @throws IOException when it is no repo that may be changed, or another process works on its migrations
     */
    public static Migration of(Surroundings around, MigrationListener listener) throws IOException {
        Repo.requireWritable(around.repo());
        return new Migration(around, MigrationLock.take(around.repo()), listener);
    }

    /**
     * Finds out what it would take to move what is below a mountpoint to another store. Nothing in the repo or at the
     * two places is changed, but for a few values that are stored for a moment in a corner of the target.
     *
     * @param target as for {@link #start}
     * @throws org.s3ds.datastore.AccessException when another repo holds the target
     */
    public static MigrationPlan plan(
            Surroundings around, Key mountpoint, Map<String, @Nullable Object> target, MigrationListener listener)
            throws IOException {
        Repo.requireWritable(around.repo());
        Side from = current(around, mountpoint);
        Side to = Side.of(target, around.types());
        return new Planning(around, listener).plan(mountpoint, from, to);
    }

    /**
     * Moves what is below a mountpoint to another store.
     *
     * @param target the spec of that store, as it would stand in {@code Datastore.Spec}
     * @return what was done
     */
    public Moved start(Key mountpoint, Map<String, @Nullable Object> target, MigrationOptions options)
            throws IOException {
        requireNoneUnderWay();
        Side from = current(mountpoint);
        Side to = new TargetCheck(around, listener::notice).require(Side.of(target, around.types()), from, mountpoint);
        MigrationFolder folder = MigrationFolder.next(around.repo(), around.now());
        folder.keepTarget(to.spec());
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("mount", mountpoint.toString());
        fields.put("from", from.words());
        fields.put("to", to.words());
        fields.put("keep others", options.keepOthers());
        fields.put("skip corrupt", options.skipCorrupt());
        folder.journal().append(Step.BEGUN, fields);
        return attempt(folder, from, to, new Direction.Forth()).run(options, mountpoint);
    }

    /**
     * Goes on with what was begun last and is not done, forward or back.
     *
     * @param settings keys to set in the spec of the store that the repo does not have now, such as newer credentials
     * @param skipCorrupt whether damaged blocks are left out from now on
     */
    public Moved resume(Map<String, ? extends @Nullable Object> settings, boolean skipCorrupt) throws IOException {
        Optional<Moved> settled = settleLast();
        if (settled.isPresent()) {
            return settled.get();
        }
        MigrationStatus status = MigrationStatus.find(around, _ -> true).orElseThrow(Migration::none);
        return switch (status.state()) {
            case COPYING -> forth(status, settings, skipCorrupt);
            case REVERTING -> back(status, settings, skipCorrupt);
            case SWITCHED, REVERTED, GIVEN_UP, CLEANED ->
                throw new MigrationException("there is no migration to go on with: the last one, from " + status.from()
                        + " to " + status.to() + ", is " + status.state().words());
        };
    }

    /**
     * Leads back: before the switch the migration is given up, and what was copied stays; after it, what was written
     * since is copied to the store of before, and the repo gets that again. What was deleted since is there again.
     *
     * @param settings keys to set in the spec of the store of before, such as newer credentials
     */
    public Moved revert(Map<String, ? extends @Nullable Object> settings, boolean skipCorrupt) throws IOException {
        settleLast();
        MigrationStatus status = MigrationStatus.find(
                        around, state -> state != MigrationState.REVERTED && state != MigrationState.GIVEN_UP)
                .orElseThrow(Migration::none);
        return switch (status.state()) {
            case COPYING -> giveUp(status);
            case SWITCHED, REVERTING -> back(status, settings, skipCorrupt);
            case CLEANED ->
                throw new MigrationException("the last migration cannot be reverted: what was at " + status.from()
                        + " is removed; to go there, migrate once more");
            case REVERTED, GIVEN_UP -> throw none();
        };
    }

    /**
     * Gives the way back up, be it that it cannot be gone: the repo keeps the store that it has.
     *
     * @throws MigrationException when the repo is not on its way back
     */
    public Moved stay() throws IOException {
        settleLast();
        MigrationStatus status = MigrationStatus.find(around, state -> state == MigrationState.REVERTING)
                .orElseThrow(() -> new MigrationException("no way back was begun that could be given up"));
        boolean released = release(Side.of(before(status).spec(), around.types()));
        status.folder().journal().append(Step.REVERT_GIVEN_UP, Map.of("released", released));
        return new Moved(
                false,
                status.number(),
                status.from(),
                status.to(),
                Map.of(),
                new Totals(0, 0),
                Duration.ZERO,
                released);
    }

    /**
     * Ends what was cut short at the switch or right behind it. Nothing else may begin before: what is not written down
     * of a migration can be told only as long as the repo has one of its two stores.
     */
    private Optional<Moved> settleLast() throws IOException {
        if (SpecSwitch.isCutShort(around.repo())) {
            Repo.alone(around.repo(), around.environment(), () -> SpecSwitch.finish(around.repo()));
        }
        Optional<MigrationStatus> last = MigrationStatus.find(around, _ -> true);
        return last.isPresent() && last.get().lacksItsLastStep() ? Optional.of(settle(last.get())) : Optional.empty();
    }

    /** The repo has the other store already; what comes after that was cut short. */
    private Moved settle(MigrationStatus status) throws IOException {
        MountedStore before = before(status);
        Side source = Side.of(before.spec(), around.types());
        Side target = Side.of(status.folder().target(), around.types());
        return status.state() == MigrationState.SWITCHED
                ? attempt(status.folder(), source, target, new Direction.Forth())
                        .end(Map.of(), Duration.ZERO)
                : attempt(status.folder(), target, source, new Direction.Back(before))
                        .end(Map.of(), Duration.ZERO);
    }

    private Moved forth(MigrationStatus status, Map<String, ? extends @Nullable Object> settings, boolean skipCorrupt)
            throws IOException {
        MigrationFolder folder = status.folder();
        Side to = newer(Side.of(folder.target(), around.types()), settings);
        folder.keepTarget(to.spec());
        Journal.Entry begun = folder.begun().orElseThrow();
        MigrationOptions options =
                new MigrationOptions(begun.isSet("keep others"), skipCorrupt || begun.isSet("skip corrupt"), true);
        return attempt(folder, current(status.mountpoint()), to, new Direction.Forth())
                .run(options, status.mountpoint());
    }

    private Moved giveUp(MigrationStatus status) throws IOException {
        boolean released = release(Side.of(status.folder().target(), around.types()));
        status.folder().journal().append(Step.GIVEN_UP, Map.of("released", released));
        return new Moved(
                true, status.number(), status.to(), status.from(), Map.of(), new Totals(0, 0), Duration.ZERO, released);
    }

    private Moved back(MigrationStatus status, Map<String, ? extends @Nullable Object> settings, boolean skipCorrupt)
            throws IOException {
        MigrationFolder folder = status.folder();
        MountedStore before = before(status);
        Side to = newer(Side.of(before.spec(), around.types()), settings);
        requireFree(to);
        if (!settings.isEmpty()) {
            before = before.with(to.spec());
            folder.keepSource(to.spec());
        }
        if (status.state() == MigrationState.SWITCHED) {
            folder.journal().append(Step.REVERT_BEGUN, Map.of());
        }
        Attempt attempt = attempt(folder, current(status.mountpoint()), to, new Direction.Back(before));
        return attempt.run(new MigrationOptions(true, skipCorrupt, false), status.mountpoint());
    }

    /** What the repo had before the switch, with the credentials that were given since. */
    private static MountedStore before(MigrationStatus status) throws IOException {
        MountedStore before = MountedStore.in(status.folder().configBefore(), status.mountpoint());
        Optional<Map<String, @Nullable Object>> newer = status.folder().source();
        return newer.isPresent() ? before.with(newer.get()) : before;
    }

    /** A place that the repo has given up may be another's by now: then nothing is begun. */
    private void requireFree(Side to) throws IOException {
        Optional<StoreClaims> claims = to.store().claims();
        if (claims.isPresent()) {
            StoreClaims.Proposal ignored = claims.get().propose(around.stores(), around.repo());
        }
    }

    private boolean release(Side left) {
        return Attempt.release(around, left, listener);
    }

    private Attempt attempt(MigrationFolder folder, Side from, Side to, Direction direction) {
        return new Attempt(around, listener, folder, from, to, direction);
    }

    /** Settings are about places that others get at. */
    private Side newer(Side side, Map<String, ? extends @Nullable Object> settings) throws IOException {
        if (side.store().claims().isPresent()) {
            return side.with(settings, around.types());
        }
        if (!settings.isEmpty()) {
            listener.notice(
                    "the keys that were given are not used: they are for a bucket that is copied to, and this goes to "
                            + side.words() + "; the bucket that is copied from is read with those in Datastore.Spec");
        }
        return side;
    }

    private Side current(Key mountpoint) throws IOException {
        return current(around, mountpoint);
    }

    private static Side current(Surroundings around, Key mountpoint) throws IOException {
        return Side.of(MountedStore.in(Config.read(around.repo()), mountpoint).spec(), around.types());
    }

    /**
     * Makes sure that another migration can begin.
     *
     * @throws MigrationException when one is under way
     */
    public void requireNoneUnderWay() throws IOException {
        settleLast();
        Optional<MigrationStatus> last = MigrationStatus.find(around, MigrationState::isUnderWay);
        if (last.isPresent()) {
            throw new MigrationException("a migration is under way, from "
                    + last.get().from() + " to " + last.get().to()
                    + ": go on with \"s3ds migrate resume\", or give it up with \"s3ds migrate revert\"");
        }
    }

    private static MigrationException none() {
        return new MigrationException("this repo has no migration: begin one with \"s3ds migrate --to\"");
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
