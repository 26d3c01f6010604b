package org.s3ds.node.migrate;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.s3ds.datastore.Datastore;
import org.s3ds.datastore.Key;
import org.s3ds.node.repo.Config;
import org.s3ds.node.repo.LockedException;
import org.s3ds.node.repo.MountedStore;
import org.s3ds.node.repo.Repo;
import org.s3ds.node.repo.SpecSwitch;

/** One try to bring a migration to its end, in one direction. */
final class Attempt {
    private final Surroundings around;
    private final MigrationListener listener;
    private final MigrationFolder folder;
    private final Side from;
    private final Side to;
    private final Direction direction;

    Attempt(
            Surroundings around,
            MigrationListener listener,
            MigrationFolder folder,
            Side from,
            Side to,
            Direction direction) {
        this.around = around;
        this.listener = listener;
        this.folder = folder;
        this.from = from;
        this.to = to;
        this.direction = direction;
    }

    Moved run(MigrationOptions options, Key mountpoint) throws IOException {
        if (!mountpoint.equals(Migration.BLOCKS)) {
            return Repo.alone(around.repo(), around.environment(), () -> {
                try (Datastore source = from.openToRead(around);
                        Datastore target = to.open(around);
                        Copying copying = new ValueCopying(folder, listener, source, target)) {
                    copying.copyAhead();
                    to.hold(around, target);
                    return change(copying, mountpoint);
                }
            });
        }
        try (Datastore source = from.openToRead(around);
                Datastore target = to.open(around);
                Copying copying = new BlockCopying(folder, options, listener, source, target)) {
            copying.copyAhead();
            return locked(() -> {
                to.hold(around, target);
                return change(copying, mountpoint);
            });
        }
    }

    private Moved locked(Repo.Work<Moved> work) throws IOException {
        listener.phase("waiting for the lock of the repo");
        try {
            return Repo.alone(around.repo(), around.environment(), work);
        } catch (LockedException e) {
            throw new MigrationException(
                    "all there is now is copied; the last pass needs the repo alone: stop the node, then give"
                            + " \"s3ds migrate resume\" (" + e.getMessage() + ")",
                    e);
        }
    }

    /** The rest of it, with the lock of the repo. */
    private Moved change(Copying copying, Key mountpoint) throws IOException {
        Instant locked = around.now().instant();
        SpecSwitch.finish(around.repo());
        MountedStore now = MountedStore.in(Config.read(around.repo()), mountpoint);
        if (!Side.of(now.spec(), around.types()).isAt(from)) {
            throw new MigrationException("Datastore.Spec was changed meanwhile: " + mountpoint + " is not at "
                    + from.words() + " any more; look at \"s3ds migrate status\"");
        }
        Map<String, Object> copied = copying.copyLast();
        folder.journal().append(Step.LAST_COPIED, copied);
        listener.phase("switching");
        Map<String, @Nullable Object> spec = switch (direction) {
            case Direction.Forth() -> {
                folder.save(around.repo());
                yield now.withStore(to.spec());
            }
            case Direction.Back(MountedStore before) -> now.withElement(before.element());
        };
        SpecSwitch.perform(around.repo(), spec, around.types());
        return end(copied, Duration.between(locked, around.now().instant()));
    }

    /** What is left to do when the repo has the other store. */
    Moved end(Map<String, Object> copied, Duration downtime) throws IOException {
        boolean released = release(around, from, listener);
        boolean isBack = direction instanceof Direction.Back;
        folder.journal()
                .append(
                        isBack ? Step.REVERTED : Step.SWITCHED,
                        Map.of("downtime", downtime.toMillis() + " ms", "released", released));
        return new Moved(
                isBack, folder.number(), from.words(), to.words(), copied, folder.copied(), downtime, released);
    }

    /** A place is left, whoever answers there or not: that its claim stays is no reason to fail. */
    static boolean release(Surroundings around, Side left, MigrationListener listener) {
        try {
            return !isUsed(around, left) && left.release(around);
        } catch (IOException e) {
            listener.notice("the repo has left " + left.words() + ", but its claim on it may stay: " + e.getMessage());
            return false;
        }
    }

    /** Another part of the repo may lie at the same place. */
    private static boolean isUsed(Surroundings around, Side left) throws IOException {
        return around.used().stream().anyMatch(store -> Side.words(store).equals(left.words()));
    }
}
