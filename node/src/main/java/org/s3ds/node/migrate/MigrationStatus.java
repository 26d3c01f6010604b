package org.s3ds.node.migrate;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.s3ds.datastore.Key;
import org.s3ds.node.repo.Config;
import org.s3ds.node.repo.MountedStore;

/** A migration of a repo, as it stands. Found out without any lock: another process may be at work on it. */
public final class MigrationStatus {
    private final MigrationFolder folder;
    private final MigrationState state;

    private MigrationStatus(MigrationFolder folder, MigrationState state) {
        this.folder = folder;
        this.state = state;
    }

    /** All of a repo, the oldest first. */
    public static List<MigrationStatus> allOf(Surroundings around) throws IOException {
        List<MigrationStatus> all = new ArrayList<>();
        for (MigrationFolder folder : MigrationFolder.all(around.repo(), around.now())) {
            if (folder.begun().isPresent()) {
                all.add(new MigrationStatus(folder, stateOf(folder, around)));
            }
        }
        return all;
    }

    /** The last one in a state that will do. */
    static Optional<MigrationStatus> find(Surroundings around, Predicate<MigrationState> wanted) throws IOException {
        return allOf(around).reversed().stream()
                .filter(status -> wanted.test(status.state))
                .findFirst();
    }

    /** Whether the repo has the other store, and the journal does not say so. */
    boolean lacksItsLastStep() {
        return (state == MigrationState.SWITCHED
                        && folder.journal().last(Step.SWITCHED).isEmpty())
                || (state == MigrationState.REVERTED
                        && folder.journal().last(Step.REVERTED).isEmpty());
    }

    /** Which of the two stores a repo has is what its config says: a kill may have kept the journal from saying it. */
    private static MigrationState stateOf(MigrationFolder folder, Surroundings around) throws IOException {
        Journal journal = folder.journal();
        if (journal.last(Step.GIVEN_UP).isPresent()) {
            return MigrationState.GIVEN_UP;
        }
        if (journal.last(Step.REVERTED).isPresent()) {
            return MigrationState.REVERTED;
        }
        if (journal.last(Step.CLEANED).isPresent()) {
            return MigrationState.CLEANED;
        }
        boolean isOnItsWayBack = journal.last(Step.REVERT_BEGUN, Step.REVERT_GIVEN_UP)
                .filter(entry -> entry.step().equals(Step.REVERT_BEGUN))
                .isPresent();
        if (isOnItsWayBack) {
            return hasTarget(folder, around) ? MigrationState.REVERTING : MigrationState.REVERTED;
        }
        return journal.last(Step.SWITCHED).isPresent() || hasTarget(folder, around)
                ? MigrationState.SWITCHED
                : MigrationState.COPYING;
    }

    private static boolean hasTarget(MigrationFolder folder, Surroundings around) throws IOException {
        Key mountpoint = Key.of(folder.begun().orElseThrow().text("mount"));
        Map<String, @Nullable Object> now =
                MountedStore.in(Config.read(around.repo()), mountpoint).spec();
        Map<String, @Nullable Object> target = folder.target();
        // the plugin of a target that never came to be may be gone
        boolean isKnown = around.knows(target) || Objects.equals(now.get("type"), target.get("type"));
        return isKnown && Side.of(now, around.types()).isAt(Side.of(target, around.types()));
    }

    /** Whether what was left behind is removed. */
    public boolean isCleaned() {
        return folder.journal().last(Step.CLEANED).isPresent();
    }

    MigrationFolder folder() {
        return folder;
    }

    /** How far it is. */
    public MigrationState state() {
        return state;
    }

    /** 1 for the first migration of the repo. */
    public int number() {
        return folder.number();
    }

    /** What is moved is below this key. */
    public Key mountpoint() {
        return Key.of(text("mount"));
    }

    /** The store of before, in words. */
    public String from() {
        return text("from");
    }

    /** The target, in words. */
    public String to() {
        return text("to");
    }

    /** The steps so far, each as its line in the journal has it; without secrets. */
    public List<Map<?, ?>> steps() {
        List<Map<?, ?>> steps = new ArrayList<>();
        folder.journal().entries().forEach(entry -> steps.add(entry.fields()));
        return steps;
    }

    private String text(String name) {
        return folder.begun().orElseThrow().text(name);
    }
}
