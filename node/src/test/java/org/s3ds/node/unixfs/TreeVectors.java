package org.s3ds.node.unixfs;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.s3ds.ipld.unixfs.DirectoryOptions;

/** What Kubo 0.42.0 made of known trees, and those trees on a disk. */
final class TreeVectors {
    private static final List<String> SORTING =
            List.of("b", "a", "aa", "A", "Z", "_", "-", "0", "10", "2", "~", "a b", "a+b", "a%b", "日本語", "ä");

    private TreeVectors() {}

    /**
     * What Kubo made of a tree.
     *
     * @param blocks how many distinct blocks; - where it was not recorded
     * @param size bytes of those blocks; - where it was not recorded
     * @param added names and CIDs of the lines it printed, in turns; none where they were not recorded
     */
    record Vector(
            String tree,
            String profile,
            List<String> options,
            String cid,
            String blocks,
            String size,
            List<String> added) {
        @Override
        public String toString() {
            return tree + " " + profile + " " + String.join(" ", options);
        }

        boolean has(String option) {
            return options.contains(option);
        }

        AddOptions addOptions() throws IOException {
            ImportChoice choice = chosen().or(ofProfile());
            return new AddOptions(
                    choice.files(OptionalInt.empty()),
                    choice.directories(OptionalInt.empty()),
                    MetadataRule.NONE,
                    has("--wrap-with-directory"),
                    true,
                    false,
                    true,
                    "");
        }

        private ImportChoice chosen() {
            return new ImportChoice(
                    number("--cid-version="),
                    Optional.empty(),
                    has("--raw-leaves=false") ? Optional.of(false) : Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    number("--max-directory-links="),
                    number("--max-hamt-fanout="),
                    Optional.empty(),
                    Optional.empty());
        }

        private Optional<Integer> number(String option) {
            return options.stream()
                    .filter(given -> given.startsWith(option))
                    .map(given -> Integer.valueOf(given.substring(option.length())))
                    .findFirst();
        }

        private ImportChoice ofProfile() {
            return !profile.equals("unixfs-v1-2025")
                    ? ImportChoice.NONE
                    : new ImportChoice(
                            Optional.of(1),
                            Optional.of("sha2-256"),
                            Optional.of(true),
                            Optional.of("size-1048576"),
                            Optional.empty(),
                            Optional.of(1024),
                            Optional.of(0),
                            Optional.of(256),
                            Optional.of(262_144L),
                            Optional.of(DirectoryOptions.Estimation.BLOCK));
        }
    }

    static List<Vector> all() throws IOException {
        List<Vector> vectors = new ArrayList<>();
        try (InputStream in = TreeVectors.class.getResourceAsStream("tree-vectors.tsv")) {
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList()) {
                if (!line.startsWith("#")) {
                    vectors.add(vector(List.of(line.split("\t", -1))));
                }
            }
        }
        return vectors;
    }

    private static Vector vector(List<String> cells) {
        List<String> options =
                cells.get(2).equals("-") ? List.of() : List.of(cells.get(2).split(" "));
        return new Vector(
                cells.get(0),
                cells.get(1),
                options,
                cells.get(3),
                cells.get(4),
                cells.get(5),
                cells.subList(6, cells.size()));
    }

    /** Lays all trees into a folder, each under its name. */
    static void lay(Path folder) throws IOException {
        laySmall(folder);
        numbered(folder, "hamt-6000/some-longer-file-name-%05d.txt", 6000);
    }

    /** Lays all trees but the largest into a folder. */
    static void laySmall(Path folder) throws IOException {
        Files.createDirectory(folder.resolve("empty"));
        file(folder, "nested/a.txt", "a".getBytes(StandardCharsets.UTF_8));
        file(folder, "nested/B/z", stream("t1", 300_000));
        file(folder, "nested/B/é ü", "unicode".getBytes(StandardCharsets.UTF_8));
        Files.createDirectory(folder.resolve("nested/B/empty"));
        file(folder, "nested/.hidden", "h".getBytes(StandardCharsets.UTF_8));
        Files.createSymbolicLink(folder.resolve("nested/link"), Path.of("a.txt"));
        for (String name : SORTING) {
            file(folder, "sorting/" + name, name.getBytes(StandardCharsets.UTF_8));
        }
        for (String name : List.of("x", "y", "sub/x")) {
            file(folder, "duplicates/" + name, stream("t2", 600_000));
        }
        numbered(folder, "wide-100/f%03d", 100);
    }

    private static void numbered(Path folder, String format, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            file(
                    folder,
                    String.format(Locale.ROOT, format, i),
                    Integer.toString(i).getBytes(StandardCharsets.UTF_8));
        }
    }

    private static void file(Path folder, String name, byte[] content) throws IOException {
        Path path = folder.resolve(name);
        Files.createDirectories(path.getParent());
        Files.write(path, content);
    }

    /** SHA-256 of the seed and a counter of 8 bytes, one after the other. */
    static byte[] stream(String seed, int size) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            for (long counter = 0; bytes.size() < size; counter++) {
                sha.update(seed.getBytes(StandardCharsets.UTF_8));
                sha.update(ByteBuffer.allocate(8).putLong(0, counter));
                bytes.writeBytes(sha.digest());
            }
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
        return Arrays.copyOf(bytes.toByteArray(), size);
    }
}
