package org.s3ds.node.gc;

import java.io.IOException;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.s3ds.node.blocks.NameCursor;

/** Sorted names in a file, with what is kept in memory to find one of them. */
final class Run {
    private final RunFile file;
    private final NameFilter filter;
    private final SortedMap<Integer, Section> sections = new TreeMap<>();
    private final long names;
    private final int rank;

    /**
     * A run that was written.
     *
     * @param rank how often its names were merged
     */
    Run(RunFile file, NameFilter filter, List<Section> sections, long names, int rank) {
        this.file = file;
        this.filter = filter;
        sections.forEach(section -> this.sections.put(section.width(), section));
        this.names = names;
        this.rank = rank;
    }

    /**
     * Whether a name is there.
     *
     * @param name in the first {@code length} bytes
     * @param hash that of the name
     */
    boolean contains(byte[] name, int length, long hash) throws IOException {
        if (!filter.mayContain(hash)) {
            return false;
        }
        Section section = sections.get(length);
        return section != null && section.contains(name);
    }

    long names() {
        return names;
    }

    int rank() {
        return rank;
    }

    RunFile file() {
        return file;
    }

    /** All names; does not need the run itself. */
    NameCursor cursor() {
        return new RunCursor(sections.values());
    }
}
