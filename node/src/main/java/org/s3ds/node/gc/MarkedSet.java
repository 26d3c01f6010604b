package org.s3ds.node.gc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.s3ds.node.blocks.NameCursor;
import org.s3ds.node.blocks.NameHash;
import org.s3ds.node.blocks.NameSet;

/**
 * A set of names of blocks that only grows, and is exact: in memory up to a bound, above it in sorted files. For one
 * thread at a time.
 *
 * <ul>
 *   <li>When memory is full, its names are written as a run, sorted. Whenever there are eight runs of one rank they are
 *       merged into one of the next, and {@link #seal} merges all: few files are ever open.
 *   <li>For each name in a file, memory holds 12 bits of a filter, and about one bit to know the page of the file that
 *       has it; for each question that the filter does not answer, one page is read.
 *   <li>Each page is compared with a checksum in memory. A file that cannot be written, or read as it was written, is
 *       an error, then and for every later question: an answer is never wrong.
 *   <li>Files are removed when the set is closed; what a killed process has left, by {@link #removeLeftOvers}.
 * </ul>
 */
final class MarkedSet implements AutoCloseable {
    private static final int MERGED_AT_ONCE = 8;
    private static final String SUFFIX = ".names";

    private final Path folder;
    private final String title;
    private final long memory;
    private final NameHash hashes = new NameHash();
    private NameSet latest = new NameSet(hashes);

    /** Those of higher rank first. */
    private final List<Run> runs = new ArrayList<>();

    private final List<RunFile> files = new ArrayList<>();
    private int filesMade;
    private long written;
    private boolean sealed;

    /** Not while names are on their way from one place to another, and not when it is closed. */
    private boolean intact = true;

    /**
     * The empty set.
     *
     * @param folder for files; made when the first one is needed
     * @param title what their names begin with
     * @param memory how many bytes of names are kept in memory before they are written
     */
    MarkedSet(Path folder, String title, long memory) {
        this.folder = folder;
        this.title = title;
        this.memory = memory;
    }

    /** Removes the files that sets of this title had in a folder when their process was killed. */
    static void removeLeftOvers(Path folder, String title) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        List<Path> leftOver;
        try (Stream<Path> entries = Files.list(folder)) {
            leftOver = entries.filter(file -> file.getFileName().toString().matches(title + "-\\d+\\" + SUFFIX))
                    .toList();
        }
        for (Path file : leftOver) {
            Files.delete(file);
        }
    }

    /**
     * Adds a name, which is copied.
     *
     * @param name in the first {@code length} bytes, of which there are at most {@link NameSet#LONGEST}
     * @return whether it was not there before
     */
    boolean add(byte[] name, int length) throws IOException {
        if (sealed) {
            throw new IllegalStateException("nothing is added to a set that is sealed");
        }
        long hash = hashes.of(name, 0, length);
        if (contains(name, length, hash)) {
            return false;
        }
        latest.add(name, length, hash);
        if (latest.memory() >= memory) {
            spill();
        }
        return true;
    }

    /**
     * Whether a name was added.
     *
     * @param name in the first {@code length} bytes
     */
    boolean contains(byte[] name, int length) throws IOException {
        return contains(name, length, hashes.of(name, 0, length));
    }

    private boolean contains(byte[] name, int length, long hash) throws IOException {
        if (!intact) {
            throw new IOException("what was marked was lost when it could not be kept in " + folder);
        }
        if (latest.contains(name, length, hash)) {
            return true;
        }
        for (Run run : runs) {
            if (run.contains(name, length, hash)) {
                return true;
            }
        }
        return false;
    }

    /** Ends the adding, and makes one file of all, if there are any. */
    void seal() throws IOException {
        sealed = true;
        if (!runs.isEmpty()) {
            intact = false;
            merge(0, 0);
            intact = true;
        }
    }

    /** How many names. */
    long size() {
        return written + latest.size();
    }

    /** How many bytes its files have. */
    long bytesOnDisk() {
        return files.stream().mapToLong(RunFile::length).sum();
    }

    private void spill() throws IOException {
        intact = false;
        merge(runs.size(), 0);
        while (isFull(runs.getLast().rank())) {
            merge(runs.size() - MERGED_AT_ONCE, runs.getLast().rank() + 1);
        }
        intact = true;
    }

    /** Whether there are so many runs of a rank, which are the last, that they are merged. */
    private boolean isFull(int rank) {
        return runs.size() >= MERGED_AT_ONCE
                && runs.get(runs.size() - MERGED_AT_ONCE).rank() == rank;
    }

    /** Makes one run of what is in memory, and all runs from one on. Their filters are given up first. */
    private void merge(int first, int rank) throws IOException {
        List<Run> merged = runs.subList(first, runs.size());
        long names = latest.size() + merged.stream().mapToLong(Run::names).sum();
        List<RunFile> old = merged.stream().map(Run::file).toList();
        List<NameCursor> sources = new ArrayList<>(List.of(latest.sorted()));
        merged.forEach(run -> sources.add(run.cursor()));
        merged.clear();
        runs.add(RunWriter.write(newFile(), hashes, names, new MergedNames(sources), rank));
        written += latest.size();
        latest.clear();
        for (RunFile file : old) {
            file.close();
            files.remove(file);
        }
    }

    private RunFile newFile() throws IOException {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new IOException("cannot make the folder " + folder + ": " + e.getMessage(), e);
        }
        RunFile file = new RunFile(folder.resolve("%s-%d%s".formatted(title, ++filesMade, SUFFIX)));
        files.add(file);
        return file;
    }

    /** Forgets the names and removes the files. */
    @Override
    public void close() throws IOException {
        intact = false;
        latest = new NameSet(hashes);
        runs.clear();
        IOException failure = null;
        for (RunFile file : files) {
            try {
                file.close();
            } catch (IOException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
