package org.s3ds.cli;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A place where blocks are, as a command line names it. */
sealed interface BlockPlace {
    /** What a place may be, for the help of commands that take one. */
    String KINDS = "a flatfs folder (as Kubo's ~/.ipfs/blocks), s3://bucket/root-directory, or a CAR (file.car)";

    /** A folder of flatfs. */
    record Folder(Path path) implements BlockPlace {
        @Override
        public String toString() {
            return path.toString();
        }
    }

    /** A CAR. */
    record Car(Path file) implements BlockPlace {
        @Override
        public String toString() {
            return file.toString();
        }
    }

    /**
     * Part of a bucket.
     *
     * @param rootDirectory empty for the whole
     * @param region empty where the options say it
     * @param endpoint the same
     */
    record Bucket(String name, String rootDirectory, String region, String endpoint) implements BlockPlace {
        @Override
        public String toString() {
            return "s3://" + name + (rootDirectory.isEmpty() ? "" : "/" + rootDirectory);
        }
    }

    /** A store whose spec is in a file, of any type. */
    record Spec(Path file) implements BlockPlace {
        @Override
        public String toString() {
            return file.toString();
        }
    }

    /** Where the blocks of the repo are. */
    record OfRepo() implements BlockPlace {
        @Override
        public String toString() {
            return "repo";
        }
    }

    /**
     * The place that a text names.
     *
     * @param directory where relative paths begin
     */
    static BlockPlace parse(String text, Path directory) throws UsageException {
        if (text.startsWith("s3://")) {
            return bucket(text);
        }
        if (text.contains("://")) {
            throw new UsageException("'%s' is no place for blocks: it may be %s".formatted(text, KINDS));
        }
        if (text.equals("repo")) {
            return new OfRepo();
        }
        Path path = directory.resolve(text).normalize();
        return text.endsWith(".car") ? new Car(path) : text.endsWith(".json") ? new Spec(path) : new Folder(path);
    }

    private static Bucket bucket(String text) throws UsageException {
        List<String> parts = List.of(text.substring("s3://".length()).split("\\?", 2));
        List<String> names = List.of(parts.getFirst().split("/", 2));
        if (names.getFirst().isEmpty() || names.getFirst().contains("@")) {
            throw new UsageException(
                    "'s3://' is followed by a bucket's name, then perhaps by a slash and a root directory; keys are given"
                            + " with options, never there");
        }
        Map<String, String> query = query(parts.size() == 2 ? parts.getLast() : "");
        String folder = names.size() == 2 ? names.getLast().replaceAll("^/+|/+$", "") : "";
        return new Bucket(
                names.getFirst(), folder, query.getOrDefault("region", ""), query.getOrDefault("endpoint", ""));
    }

    private static Map<String, String> query(String text) throws UsageException {
        Map<String, String> query = new TreeMap<>();
        for (String pair : text.isEmpty() ? new String[0] : text.split("&")) {
            List<String> sides = List.of(pair.split("=", 2));
            if (sides.size() != 2 || !List.of("region", "endpoint").contains(sides.getFirst())) {
                throw new UsageException("behind '?' a place in S3 may have region=… and endpoint=…, and nothing else"
                        + " (keys are given with options): it has '" + sides.getFirst() + "'");
            }
            query.put(sides.getFirst(), URLDecoder.decode(sides.getLast(), StandardCharsets.UTF_8));
        }
        return query;
    }
}
