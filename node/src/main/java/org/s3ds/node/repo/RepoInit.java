package org.s3ds.node.repo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.s3ds.datastore.Datastore;
import org.s3ds.datastore.StoreContext;

/**
 * Makes a repo. The config comes last, renamed into place: it alone makes a folder a repo, so one that is killed at any
 * point before is not taken for one, and the next init goes over the same steps. Kubo writes the config first: killed
 * there, it leaves a repo that can neither be opened nor made anew.
 *
 * <p>What an earlier run left is kept where it is what this run would write, and refused by name where it is not: a
 * {@code datastore_spec} of other stores may belong to data.
 */
final class RepoInit {
    /** Told before each step; throws to end there. For tests. */
    @FunctionalInterface
    interface Steps {
        void before(String step) throws IOException;
    }

    private final Path folder;
    private final StoreContext context;
    private final RepoPlan plan;
    private final DatastoreSpec spec;
    private final Repo.Seed seed;

    RepoInit(StoreContext context, RepoPlan plan, DatastoreSpec spec, Repo.Seed seed) {
        this.folder = context.repo();
        this.context = context;
        this.plan = plan;
        this.spec = spec;
        this.seed = seed;
    }

    void run(Steps steps) throws IOException {
        refuseExisting();
        boolean isNew = makeFolder();
        try {
            RepoFiles.checkWritable(folder, "test");
            try (RepoLock _ = new LockWait(context.environment(), LockWait.SYSTEM, new ArrayList<>()).acquire(folder)) {
                writeOrCleanUp(steps, isNew);
            }
        } catch (IOException | RuntimeException e) {
            if (isNew) {
                removeEmptyFolder(e);
            }
            throw e;
        }
    }

    /** All under the lock, so that what is cleaned up is no other's. */
    private void writeOrCleanUp(Steps steps, boolean isNew) throws IOException {
        Set<Path> before = entries();
        try {
            refuseExisting(); // another init may have been faster
            write(steps);
        } catch (IOException | RuntimeException e) {
            release(e);
            cleanUp(isNew, before, e);
            throw e;
        }
    }

    private void write(Steps steps) throws IOException {
        for (Path entry : entries()) {
            if (entry.getFileName().toString().startsWith(RepoFiles.TEMPORARY)) {
                Files.delete(entry); // of a writer that was killed: none is at work, we have the lock
            }
        }
        steps.before("datastore_spec");
        writeOrMatch(Repo.SPEC_FILE, spec.diskSpec().getBytes(StandardCharsets.UTF_8), RepoFiles.OWNER_FILE);
        steps.before("version");
        writeOrMatch(RepoVersion.FILE, RepoVersion.bytes(), RepoFiles.SHARED_FILE);
        steps.before("keystore");
        RepoFiles.makeFolder(folder.resolve(Repo.KEYSTORE), RepoFiles.OWNER_FOLDER);
        steps.before("datastore");
        try (Datastore store = Repo.openStore(spec, context)) {
            steps.before("seed");
            seed.sow(store);
        }
        steps.before("config");
        Repo.writeConfig(folder, plan.text());
    }

    private void refuseExisting() throws RepoException {
        if (Repo.isInitialized(folder)) {
            throw new RepoException(
                    "ipfs configuration file already exists!\nReinitializing would overwrite your keys\n");
        }
    }

    /** Whether the folder was not there. */
    private boolean makeFolder() throws IOException {
        try {
            Files.createDirectory(folder);
            return true;
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(folder)) {
                throw new RepoException(folder + " is not a folder", e);
            }
            return false;
        } catch (NoSuchFileException e) {
            throw new RepoException("mkdir " + folder + ": no such file or directory; make its parent first", e);
        }
    }

    private void writeOrMatch(String name, byte[] bytes, String mode) throws IOException {
        Path file = folder.resolve(name);
        if (!RepoFiles.exists(file)) {
            RepoFiles.write(folder, name, bytes, mode);
            return;
        }
        String found = Files.readString(file).strip();
        String wanted = new String(bytes, StandardCharsets.UTF_8).strip();
        if (!found.equals(wanted)) {
            throw new RepoException("there is no config, but " + file + " of an earlier repo says '" + found
                    + "' where this one would say '" + wanted + "'; take the settings of the earlier one, or remove"
                    + " the folder if nothing in it is needed");
        }
    }

    private Set<Path> entries() throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return new HashSet<>(entries.toList());
        }
    }

    private void release(Exception cause) {
        try {
            spec.release(context);
        } catch (IOException | RuntimeException e) {
            cause.addSuppressed(e);
        }
    }

    /** Leaves nothing behind: of a folder that was there before, only what a repo puts there is touched. */
    private void cleanUp(boolean isNew, Set<Path> before, Exception cause) {
        try {
            for (Path entry : entries()) {
                if (!before.contains(entry)
                        && (isNew || isOurs(entry.getFileName().toString()))) {
                    RepoFiles.removeTree(entry);
                }
            }
        } catch (IOException | RuntimeException e) {
            cause.addSuppressed(e);
        }
    }

    private void removeEmptyFolder(Exception cause) {
        try {
            Files.delete(folder);
        } catch (IOException e) {
            cause.addSuppressed(e); // such as another init at work in it
        }
    }

    private boolean isOurs(String name) {
        return name.startsWith(RepoFiles.TEMPORARY)
                || List.of(Repo.SPEC_FILE, RepoVersion.FILE, Repo.KEYSTORE, "s3ds")
                        .contains(name)
                || folders(plan.config().find("Datastore.Spec").orElse(null)).contains(name);
    }

    /** The first parts of all relative {@code path}s in a spec: where stores keep their files in the repo. */
    private static Set<String> folders(@Nullable Object spec) {
        Set<String> folders = new HashSet<>();
        if (spec instanceof Map<?, ?> map) {
            if (map.get("path") instanceof String text && !Path.of(text).isAbsolute()) {
                folders.add(Path.of(text).normalize().getName(0).toString());
            }
            map.values().forEach(child -> folders.addAll(folders(child)));
        } else if (spec instanceof List<?> list) {
            list.forEach(child -> folders.addAll(folders(child)));
        }
        return folders;
    }
}
