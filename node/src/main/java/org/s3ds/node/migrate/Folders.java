package org.s3ds.node.migrate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Folders with all that is in them. */
final class Folders {
    private Folders() {}

    /** What is in a folder, before the folders that it is in; the folder itself comes last. Follows no links. */
    static List<Path> upwards(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.toList().reversed();
        }
    }

    /** Removes a folder and all that is in it. */
    static void remove(Path folder) throws IOException {
        for (Path file : upwards(folder)) {
            Files.deleteIfExists(file);
        }
    }
}
