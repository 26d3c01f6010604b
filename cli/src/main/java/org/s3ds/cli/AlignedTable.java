package org.s3ds.cli;

import java.util.List;

/**
 * Lines of cells, aligned as Go's tabwriter does it: a column is as wide as its widest cell and one space. The last
 * cell of a line is not padded. Holds no lines: each is shown to it twice, to be measured and to be made.
 */
final class AlignedTable {
    private final int minimumWidth;
    private int[] widths = new int[0];

    /**
     * An empty table.
     *
     * @param minimumWidth of every column but the last, in characters, with its space
     */
    AlignedTable(int minimumWidth) {
        this.minimumWidth = minimumWidth;
    }

    /** Makes the columns wide enough for a line; all lines have as many cells. */
    void measure(List<String> cells) {
        if (widths.length == 0) {
            widths = new int[cells.size()];
        }
        for (int column = 0; column < widths.length - 1; column++) {
            int width = Math.max(minimumWidth, length(cells.get(column)) + 1);
            widths[column] = Math.max(widths[column], width);
        }
    }

    /** The text of a line that was measured. */
    String line(List<String> cells) {
        StringBuilder text = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            String cell = cells.get(column);
            text.append(cell).append(" ".repeat(Math.max(0, widths[column] - length(cell))));
        }
        return text.append('\n').toString();
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
