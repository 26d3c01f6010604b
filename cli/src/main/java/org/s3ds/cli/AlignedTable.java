package org.s3ds.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * Lines of cells, aligned as Go's tabwriter does it: within a run of lines that have a column, it is as wide as its
 * widest cell and one space. The last cell of a line is not padded.
 */
final class AlignedTable {
    private final int minimumWidth;
    private final List<List<String>> lines = new ArrayList<>();

    /**
     * An empty table.
     *
     * @param minimumWidth of every column but the last, in characters, with its space
     */
    AlignedTable(int minimumWidth) {
        this.minimumWidth = minimumWidth;
    }

    /** Adds a line. */
    void line(List<String> cells) {
        lines.add(List.copyOf(cells));
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        int from = 0;
        while (from < lines.size()) {
            int columns = lines.get(from).size();
            int to = from;
            while (to < lines.size() && lines.get(to).size() == columns) {
                to++;
            }
            append(text, lines.subList(from, to), columns);
            from = to;
        }
        return text.toString();
    }

    private void append(StringBuilder text, List<List<String>> run, int columns) {
        int[] widths = new int[columns];
        for (List<String> line : run) {
            for (int column = 0; column < columns - 1; column++) {
                widths[column] = Math.max(widths[column], Math.max(minimumWidth, length(line.get(column)) + 1));
            }
        }
        for (List<String> line : run) {
            for (int column = 0; column < columns; column++) {
                String cell = line.get(column);
                text.append(cell).append(" ".repeat(Math.max(0, widths[column] - length(cell))));
            }
            text.append('\n');
        }
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
