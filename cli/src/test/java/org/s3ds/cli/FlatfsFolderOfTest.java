package org.s3ds.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.s3ds.ipld.HashFunction;
import org.s3ds.ipld.Multibase;

/** A folder of flatfs, as Kubo lays it out, written and read by hand. */
record FlatfsFolderOfTest(Path path) {
    private static final String SHARDING = "/repo/flatfs/shard/v1/next-to-last/2";

    static FlatfsFolderOfTest make(Path path) throws IOException {
        Files.createDirectories(path.resolve(".temp"));
        Files.writeString(path.resolve("SHARDING"), SHARDING + "\n");
        return new FlatfsFolderOfTest(path);
    }

    /** Adds a block; gives its file. */
    Path add(HashFunction hash, byte[] data) throws IOException {
        return write(name(hash, data), data);
    }

    Path add(byte[] data) throws IOException {
        return add(HashFunction.SHA2_256, data);
    }

    /** Writes bytes under the name of a block, which need not be theirs. */
    Path write(String name, byte[] data) throws IOException {
        String shard = name.substring(name.length() - 3, name.length() - 1);
        return Files.write(Files.createDirectories(path.resolve(shard)).resolve(name + ".data"), data);
    }

    /** What the file of a block is called. */
    static String name(HashFunction hash, byte[] data) {
        return Multibase.BASE32_UPPER.encode(hash.hash(data).toBytes()).substring(1);
    }

    /** What there is of blocks: the bytes as text, by name. */
    Map<String, String> blocks() throws IOException {
        return files(Optional.of(".data"));
    }

    /** All files there are. */
    Map<String, String> files() throws IOException {
        return files(Optional.empty());
    }

    private Map<String, String> files(Optional<String> suffix) throws IOException {
        Map<String, String> all = new TreeMap<>();
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = path.relativize(file).toString();
                if (suffix.isEmpty() || (name.endsWith(suffix.get()) && !name.startsWith(".temp"))) {
                    all.put(name, Multibase.BASE64URL.encode(Files.readAllBytes(file)));
                }
            }
        }
        return all;
    }
}
