package org.s3ds.node.repo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.s3ds.datastore.StoreType;
import org.s3ds.node.plugins.StoreTypes;

/** A change of the config of a repo, made by who holds its lock. */
record ConfigChange(Path folder, List<StoreType> types, Repo.Change change) {
    /** Makes it, or, unless {@code write}, fails where that would fail, and leaves the file as it is. */
    void run(boolean write) throws IOException {
        refuse(RepoVersion.refusal(RepoVersion.check(folder)));
        SpecSwitch.finish(folder);
        Config config = Config.read(folder);
        Config changed = change.apply(config);
        refuseOtherStores(config, changed);
        if (write && !changed.equals(config)) {
            Repo.writeConfig(folder, changed.toJson().getBytes(StandardCharsets.UTF_8));
        }
    }

    static void refuse(Optional<String> refusal) throws RepoException {
        if (refusal.isPresent()) {
            throw new RepoException(refusal.get());
        }
    }

    /** A repo keeps its stores for life; Kubo writes the config, and refuses to open the repo ever after. */
    private void refuseOtherStores(Config before, Config after) throws IOException {
        if (after.find("Datastore.Spec").equals(before.find("Datastore.Spec"))) {
            return;
        }
        Path file = Path.of(Config.FILE);
        String wanted;
        try (StoreTypes usable = Repo.usable(folder, after, types)) {
            wanted = DatastoreSpec.of(after, file, usable.all()).diskSpec();
        }
        String onDisk = Files.readString(folder.resolve(Repo.SPEC_FILE)).strip();
        if (!wanted.equals(onDisk)) {
            throw new RepoException("the config is left as it was: this repo keeps its data in '" + onDisk
                    + "', and with Datastore.Spec meaning '" + wanted + "' it could not be opened again; to keep data"
                    + " elsewhere, init another repo there and add it to that");
        }
    }
}
