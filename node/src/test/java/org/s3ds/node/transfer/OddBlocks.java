package org.s3ds.node.transfer;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.s3ds.datastore.Key;
import org.s3ds.ipld.HashFunction;
import org.s3ds.ipld.Multibase;

/** Blocks by key, as a place has them at its root. */
final class OddBlocks {
    private static final int LARGEST = 2 << 20;

    private OddBlocks() {}

    /** The key of a block. */
    static Key key(HashFunction hash, byte[] data) {
        return Key.of(Multibase.BASE32_UPPER.encode(hash.hash(data).toBytes()).substring(1));
    }

    static Key key(byte[] data) {
        return key(HashFunction.SHA2_256, data);
    }

    /** So many small blocks. */
    static Map<Key, byte[]> small(int count) {
        Map<Key, byte[]> blocks = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            byte[] data = ("block " + i).getBytes(StandardCharsets.UTF_8);
            blocks.put(key(data), data);
        }
        return blocks;
    }

    /** The empty one, one named by another hash, one of 2 MiB. */
    static Map<Key, byte[]> odd() {
        Map<Key, byte[]> blocks = new LinkedHashMap<>();
        byte[] empty = {};
        byte[] other = "named by sha2-512".getBytes(StandardCharsets.UTF_8);
        byte[] large = new byte[LARGEST];
        new Random(1).nextBytes(large);
        blocks.put(key(empty), empty);
        blocks.put(key(HashFunction.byName("sha2-512").orElseThrow(), other), other);
        blocks.put(key(large), large);
        return blocks;
    }
}
