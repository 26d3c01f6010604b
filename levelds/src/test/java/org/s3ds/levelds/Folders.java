package org.s3ds.levelds;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Folders of LevelDB files for tests: from the resources, copied, looked into. */
final class Folders {
    private Folders() {}

    static void unzip(String resource, Path folder) throws IOException {
        InputStream stream = Objects.requireNonNull(Folders.class.getResourceAsStream(resource), resource);
        try (ZipInputStream zip = new ZipInputStream(stream)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Files.copy(zip, folder.resolve(entry.getName()));
            }
        }
    }

    static void copy(Path from, Path to) throws IOException {
        for (String name : names(from)) {
            Files.copy(from.resolve(name), to.resolve(name));
        }
    }

    static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    static Path onlyFile(Path folder, String ending) throws IOException {
        List<String> found =
                names(folder).stream().filter(name -> name.endsWith(ending)).toList();
        assertEquals(1, found.size(), found::toString);
        return folder.resolve(found.getFirst());
    }

    /** Names, times and checksums: equal when nothing was touched. */
    static Map<String, String> state(Path folder) throws IOException {
        Map<String, String> state = new TreeMap<>();
        for (String name : names(folder)) {
            CRC32C sum = new CRC32C();
            sum.update(Files.readAllBytes(folder.resolve(name)));
            state.put(name, Files.getLastModifiedTime(folder.resolve(name)) + " " + sum.getValue());
        }
        return state;
    }
}
