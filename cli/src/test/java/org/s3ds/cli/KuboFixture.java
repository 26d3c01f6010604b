package org.s3ds.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.s3ds.node.repo.Json;

/**
 * A repo that Kubo 0.42.0 made, from a tar file among the resources, and the JSON beside it that says what is inside.
 */
final class KuboFixture {
    private static final int RECORD = 512;

    private final String name;
    private final Map<?, ?> facts;

    private KuboFixture(String name, Map<?, ?> facts) {
        this.name = name;
        this.facts = facts;
    }

    /** A file that the repo holds. */
    record Content(String cid, String sha256) {}

    static KuboFixture load(String name) throws IOException {
        try (InputStream json = resource(name + ".json")) {
            return new KuboFixture(name, (Map<?, ?>) Objects.requireNonNull(Json.parse(json.readAllBytes(), name)));
        }
    }

    String text(String fact) {
        return String.valueOf(facts.get(fact));
    }

    /** What is pinned: type and name by CID. */
    Map<String, Object> pins() {
        Map<String, Object> pins = new TreeMap<>();
        ((Map<?, ?>) Objects.requireNonNull(facts.get("pins")))
                .forEach((cid, pin) -> pins.put(String.valueOf(cid), Objects.requireNonNull(pin)));
        return pins;
    }

    /** The CID of the root of the files. */
    String filesRoot() {
        return String.valueOf(((Map<?, ?>) Objects.requireNonNull(facts.get("files"))).get("/"));
    }

    /** The files whose content is known. */
    List<Content> contents() {
        return ((List<?>) Objects.requireNonNull(facts.get("cat")))
                .stream()
                        .map(entry -> (Map<?, ?>) entry)
                        .map(entry ->
                                new Content(String.valueOf(entry.get("cid")), String.valueOf(entry.get("sha256"))))
                        .toList();
    }

    /** Unpacks the repo as a folder. */
    void unpack(Path folder) throws IOException {
        try (InputStream tar = new GZIPInputStream(resource(name + ".tar.gz"))) {
            for (byte[] header = tar.readNBytes(RECORD); header[0] != 0; header = tar.readNBytes(RECORD)) {
                String entry = text(header, 0, 100);
                Path target = folder.resolve(entry.substring(entry.indexOf('/') + 1));
                int size = Integer.parseInt(text(header, 124, 12).strip(), 8);
                byte[] content = tar.readNBytes(size);
                tar.skipNBytes(Math.floorMod(-size, RECORD));
                switch (header[156]) {
                    case '5' -> Files.createDirectories(target);
                    case '0' -> {
                        Files.createDirectories(Objects.requireNonNull(target.getParent()));
                        Files.write(target, content);
                    }
                    case 'x' -> {} // exact times of the entry that follows
                    default -> throw new AssertionError(entry + " is of a kind this reader does not know");
                }
            }
        }
    }

    /** Everything in a folder with its size, time and, but for blocks, content: equal when nothing was touched. */
    static Map<String, String> state(Path folder) throws IOException {
        Map<String, String> state = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            files.skip(1).forEach(file -> state.put(file.toString(), stateOf(file)));
        }
        return state;
    }

    private static String stateOf(Path file) {
        try {
            boolean isRead = Files.isRegularFile(file) && !file.toString().endsWith(".data");
            String content = isRead ? sha256(Files.readAllBytes(file)) : "";
            return Files.size(file) + " " + Files.getLastModifiedTime(file) + " " + content;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static InputStream resource(String file) {
        @Nullable InputStream found = KuboFixture.class.getResourceAsStream(file);
        return Objects.requireNonNull(found, file);
    }

    private static String text(byte[] header, int at, int length) {
        int end = at;
        while (end < at + length && header[end] != 0) {
            end++;
        }
        return new String(header, at, end - at, StandardCharsets.UTF_8);
    }
}
