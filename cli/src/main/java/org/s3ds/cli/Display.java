package org.s3ds.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.s3ds.node.repo.Json;

/** Shows the results of one run of a command as text. For one thread. */
interface Display extends AutoCloseable {
    /** Shows a value. */
    void value(@Nullable Object value) throws IOException;

    /**
     * Where the bytes go that are the result.
     *
     * @param length how many there will be, if that is known
     */
    OutputStream bytes(OptionalLong length) throws IOException;

    /** A value was printed as JSON in place of being shown. */
    default void printed(@Nullable Object value) throws IOException {}

    /** All results have come. */
    default void end() throws IOException {}

    /** Takes away what was only for the time being, such as a line of progress. */
    @Override
    default void close() {}

    /** How an object becomes text. */
    @FunctionalInterface
    interface Line {
        /** The text, without a line break at its end. */
        String of(Map<?, ?> fields) throws IOException;
    }

    /** Prints a line, or some, for each value, which is an object. */
    static Display lines(Terminal terminal, Line line) {
        return texts(terminal, fields -> line.of(fields) + "\n");
    }

    /** The same where a text has its line breaks in it, also the last one. */
    static Display texts(Terminal terminal, Line text) {
        return new Results(terminal) {
            @Override
            public void value(@Nullable Object value) throws IOException {
                if (value instanceof Map<?, ?> fields) {
                    terminal.out().print(text.of(fields));
                } else {
                    super.value(value);
                }
            }
        };
    }

    /** Prints each value as the JSON it is, as Kubo does where it knows no text. */
    static Display json(Terminal terminal) {
        return new Results(terminal) {
            @Override
            public void value(@Nullable Object value) {
                terminal.out().println(Json.compact(value));
            }
        };
    }

    /** Prints a line for each text in a list that is a field of the value. */
    static Display texts(Terminal terminal, String field, String before) {
        return lines(
                terminal,
                fields -> fields.get(field) instanceof List<?> texts
                        ? texts.stream().map(text -> before + text).collect(Collectors.joining("\n"))
                        : "");
    }

    /** For commands whose result is bytes, or nothing. */
    static Display plain(Terminal terminal) {
        return new Results(terminal);
    }
}
