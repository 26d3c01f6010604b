package org.s3ds.node.upkeep;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.s3ds.datastore.Entry;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.MemoryDatastore;
import org.s3ds.datastore.Metrics;
import org.s3ds.datastore.Query;
import org.s3ds.datastore.Results;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.Multibase;
import org.s3ds.node.KeptStores;
import org.s3ds.node.Node;
import org.s3ds.node.ScriptedDatastore;
import org.s3ds.node.repo.Identity;
import org.s3ds.node.repo.RepoPlan;

/** A repo whose blocks are in memory, and can be damaged there. */
final class MemoryRepo {
    private final Path folder;
    private final KeptStores stores;

    /** Made anew. */
    MemoryRepo(Path folder, ScriptedDatastore.Script script) throws IOException {
        this.folder = folder;
        this.stores = new KeptStores(script);
        Map<String, Object> spec = new HashMap<>(Map.of("type", "mount"));
        spec.put(
                "mounts",
                List.of(
                        Map.of("type", "s3ds", "mountpoint", "/blocks", "bucket", "b"),
                        Map.of("type", "levelds", "mountpoint", "/", "path", "datastore")));
        SecureRandom random = new SecureRandom();
        RepoPlan plan = RepoPlan.fresh(Identity.ed25519(random), spec, List.of("test"), random);
        Node.init(folder, plan, stores.types(), Metrics.none(), Map.of());
    }

    /** When it is opened from now on, its store keeps the checksums of blocks. */
    void keepChecksums() {
        stores.keepChecksums();
    }

    Path folder() {
        return folder;
    }

    Node open() throws IOException {
        return Node.open(folder, stores.types(), Metrics.none(), Map.of());
    }

    /** Where the blocks are in the beginning. */
    MemoryDatastore blocks() {
        return blocks("b");
    }

    private MemoryDatastore blocks(String bucket) {
        return stores.kept(Map.of("bucket", bucket, "region", "", "rootDirectory", ""));
    }

    /** Copies all blocks to another bucket, which is the repo's from now on. */
    void moveTo(String bucket) throws IOException {
        for (String file : List.of("config", "datastore_spec")) {
            String text = Files.readString(folder.resolve(file));
            String moved = text.replaceAll("(\"bucket\": ?)\"b\"", "$1\"" + bucket + "\"");
            if (moved.equals(text)) {
                throw new IllegalStateException("no bucket b in " + text);
            }
            Files.writeString(folder.resolve(file), moved);
        }
        try (Results all = blocks().query(Query.of(Key.ROOT))) {
            for (Optional<Entry> entry = all.next(); entry.isPresent(); entry = all.next()) {
                blocks(bucket).put(entry.get().key(), entry.get().value().orElseThrow());
            }
        }
    }

    static Key key(Cid cid) {
        return Key.of("/" + Multibase.BASE32_UPPER.encode(cid.hash().toBytes()).substring(1));
    }
}
