package org.s3ds.node.repo;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * The folders in which a repo keeps its LevelDB stores, looked at from outside. Whoever opens one, be it with this
 * program's library or with Kubo's, leaves it a new {@code MANIFEST} of a higher number, and a new {@code CURRENT} that
 * names it.
 */
record LevelDbFolders(List<Path> folders) {
    private static final String CURRENT = "CURRENT";

    LevelDbFolders {
        folders = List.copyOf(folders);
    }

    /** Those of a spec. */
    static LevelDbFolders of(Path repo, DatastoreSpec spec) {
        List<Path> folders = new ArrayList<>();
        for (var store : spec.stores()) {
            Map<String, Object> fields = store.diskSpec();
            if ("levelds".equals(fields.get("type")) && fields.get("path") instanceof String path) {
                folders.add(repo.resolve(path));
            }
        }
        return new LevelDbFolders(folders);
    }

    /** What stays the same for as long as nobody opens them anew, be they in use. */
    List<String> marks() throws IOException {
        List<String> marks = new ArrayList<>();
        for (Path folder : folders) {
            marks.add(manifest(folder) + " " + identity(folder.resolve(CURRENT)));
        }
        return marks;
    }

    /** The same and what stays the same for as long as nobody changes anything in them. */
    List<String> details() throws IOException {
        List<String> details = new ArrayList<>(marks());
        for (Path folder : folders) {
            details.add(sized(folder.resolve(manifest(folder))));
            try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*.log")) {
                List<String> logs = new ArrayList<>();
                for (Path log : found) {
                    logs.add(sized(log));
                }
                Collections.sort(logs);
                details.addAll(logs);
            }
        }
        return details;
    }

    private static String manifest(Path folder) throws IOException {
        return Files.readString(folder.resolve(CURRENT)).strip();
    }

    private static String sized(Path file) throws IOException {
        return file.getFileName() + " " + Files.size(file);
    }

    /**
     * Another for a copy of the file, as the copy of a repo has. The number of its inode alone would not do: it is
     * given to the next file as soon as it is free.
     */
    private static String identity(Path file) throws IOException {
        boolean numbered = file.getFileSystem().supportedFileAttributeViews().contains("unix");
        return (numbered ? Files.getAttribute(file, "unix:ino") : "") + " "
                + Files.readAttributes(file, BasicFileAttributes.class).creationTime();
    }
}
