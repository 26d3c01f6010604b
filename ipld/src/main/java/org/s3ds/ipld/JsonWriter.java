package org.s3ds.ipld;

import java.nio.charset.StandardCharsets;

/** Writes JSON as Kubo spells it: nothing escaped but what must be, and two line ends. */
final class JsonWriter {
    private static final int FIRST_PRINTED = 0x20;
    private static final char LINE_SEPARATOR = '\u2028';
    private static final char PARAGRAPH_SEPARATOR = '\u2029';

    private final StringBuilder out = new StringBuilder();
    private final Way way = new Way();
    private final boolean indented;
    private boolean first = true;

    /** @param indented whether each value has a line of its own; else there is no white space */
    JsonWriter(boolean indented) {
        this.indented = indented;
    }

    void beginMap() throws FormatException {
        begin('{');
    }

    void endMap() {
        end('}');
    }

    void beginList() throws FormatException {
        begin('[');
    }

    void endList() {
        end(']');
    }

    private void begin(char open) throws FormatException {
        if (way.depth() >= Data.MAX_DEPTH) {
            throw failure(Data.TOO_DEEP);
        }
        way.begin();
        out.append(open);
        first = true;
    }

    private void end(char close) {
        way.end();
        if (!first) {
            line();
        }
        out.append(close);
        first = false;
        if (way.depth() == 0) {
            line();
        }
    }

    private void line() {
        if (indented) {
            out.append('\n').repeat('\t', way.depth());
        }
    }

    /** What comes is the next item of the list. */
    void item() {
        way.item();
        comma();
    }

    /** What comes stands below this key of the map. */
    void key(String key) {
        way.key(key);
        comma();
        text(key);
        out.append(indented ? ": " : ":");
    }

    private void comma() {
        if (!first) {
            out.append(',');
        }
        first = false;
        line();
    }

    /** Something as it is. */
    void word(String word) {
        out.append(word);
    }

    /** A string. */
    void text(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            character(text.charAt(i));
        }
        out.append('"');
    }

    private void character(char next) {
        switch (next) {
            case '"', '\\' -> out.append('\\').append(next);
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            case LINE_SEPARATOR, PARAGRAPH_SEPARATOR -> out.append(String.format("\\u%04x", (int) next));
            default -> out.append(next < FIRST_PRINTED ? String.format("\\u%04x", (int) next) : String.valueOf(next));
        }
    }

    /** What cannot be written, and where. */
    FormatException failure(String problem) {
        String where = way.depth() == 0 ? "" : ", at " + way;
        return new FormatException((indented ? "json" : "dag-json") + " cannot hold " + problem + where);
    }

    /** All that was written. */
    byte[] done() {
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }
}
