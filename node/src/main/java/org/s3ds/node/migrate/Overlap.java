package org.s3ds.node.migrate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.s3ds.datastore.Datastore;
import org.s3ds.datastore.StoreConfig;
import org.s3ds.datastore.StoreDoctor;

/**
 * Whether stores get into each other's way: whether one keeps its values where another does, by whatever name it calls
 * that place. Folders are compared as they are on the disk; at servers a mark is left at the one, and looked for
 * through the other, as a bucket has many addresses.
 */
final class Overlap {
    private final Surroundings around;

    Overlap(Surroundings around) {
        this.around = around;
    }

    /**
     * The store of the repo, as its config is now, that a store would get in the way of.
     *
     * @param store may be written to
     * @return its place in words; empty where there is none
     * @throws IOException when that could not be told
     */
    Optional<String> inRepo(StoreConfig store) throws IOException {
        for (StoreConfig used : around.used()) {
            if (isBetween(store, used)) {
                return Optional.of(Side.words(used));
            }
        }
        return Optional.empty();
    }

    private boolean isBetween(StoreConfig store, StoreConfig used) throws IOException {
        Optional<Path> folder = folder(store);
        Optional<Path> usedFolder = folder(used);
        if (folder.isPresent() && usedFolder.isPresent()) {
            Path real = real(folder.get());
            Path usedReal = real(usedFolder.get());
            return real.startsWith(usedReal) || usedReal.startsWith(real);
        }
        return Side.words(store).equals(Side.words(used))
                || (store.claims().isPresent() && used.claims().isPresent() && isMarkSeen(store, used));
    }

    private boolean isMarkSeen(StoreConfig store, StoreConfig used) throws IOException {
        Optional<StoreDoctor> doctor = store.doctor();
        Optional<StoreDoctor.Mark> left = doctor.isPresent() ? doctor.get().mark(around.stores()) : Optional.empty();
        if (left.isEmpty()) {
            return false;
        }
        try (StoreDoctor.Mark mark = left.get();
                Datastore there = used.open(around.stores().toRead()).unindexed()) {
            return there.has(mark.key());
        }
    }

    private Optional<Path> folder(StoreConfig store) {
        return folder(store, around.repo());
    }

    /** Where a store has its files; empty for one that has none. */
    static Optional<Path> folder(StoreConfig store, Path repo) {
        return store.diskSpec().get("path") instanceof String path
                ? Optional.of(repo.resolve(path).normalize())
                : Optional.empty();
    }

    /** The file itself, whatever links lead to it; it need not be there yet. */
    static Path real(Path file) throws IOException {
        Path parent = file.getParent();
        return Files.exists(file) || parent == null
                ? file.toRealPath()
                : real(parent).resolve(file.getFileName());
    }
}
