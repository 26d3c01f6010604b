package org.s3ds.node.gc;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.s3ds.node.blocks.NameCursor;
import org.s3ds.node.blocks.NameHash;

/** Writes names that come in order to a file, page by page, and gathers what is kept in memory of them. */
final class RunWriter {
    private final RunFile file;
    private final NameHash hashes;
    private final NameFilter filter;
    private final List<Section> sections = new ArrayList<>();
    private long names;
    private long offset;

    // the section that is being written
    private int width;
    private long begin;
    private long namesBefore;
    private long[] firsts = {};
    private int[] checksums = {};
    private int pages;
    private byte[] page = {};
    private int filled;

    private RunWriter(RunFile file, NameHash hashes, NameFilter filter) {
        this.file = file;
        this.hashes = hashes;
        this.filter = filter;
    }

    /**
     * Writes a run.
     *
     * @param expected how many names will come
     * @param source the shorter names first, those of one length in the order of their bytes, none twice
     */
    static Run write(RunFile file, NameHash hashes, long expected, NameCursor source, int rank) throws IOException {
        RunWriter writer = new RunWriter(file, hashes, new NameFilter(expected));
        while (source.next()) {
            writer.add(source.bytes(), source.offset(), source.length());
        }
        writer.endSection();
        return new Run(file, writer.filter, writer.sections, writer.names, rank);
    }

    private void add(byte[] bytes, int at, int length) throws IOException {
        if (length != width) {
            endSection();
            beginSection(length);
        }
        System.arraycopy(bytes, at, page, filled, length);
        filled += length;
        filter.add(hashes.of(bytes, at, length));
        names++;
        if (filled == page.length) {
            endPage();
        }
    }

    private void beginSection(int length) {
        width = length;
        begin = offset;
        namesBefore = names;
        pages = 0;
        page = new byte[Section.namesPerPage(length) * length];
    }

    private void endPage() throws IOException {
        if (pages == firsts.length) {
            int room = Math.max(64, pages + pages / 2);
            firsts = Arrays.copyOf(firsts, room);
            checksums = Arrays.copyOf(checksums, room);
        }
        firsts[pages] = Section.word(page, 0, width);
        checksums[pages++] = RunFile.checksum(page, filled);
        file.append(page, filled);
        offset += filled;
        filled = 0;
    }

    private void endSection() throws IOException {
        if (filled > 0) {
            endPage();
        }
        if (names > namesBefore) {
            sections.add(new Section(
                    file,
                    begin,
                    width,
                    names - namesBefore,
                    Arrays.copyOf(firsts, pages),
                    Arrays.copyOf(checksums, pages)));
        }
    }
}
