package org.s3ds.cli;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.s3ds.ipld.unixfs.Metadata;
import org.s3ds.node.unixfs.InputNode;

/** The files that a command was given, each read by itself; standard input where there are none. */
final class InputFiles implements InputNode.Children {
    private static final String STANDARD_INPUT = "-";

    private final TerminalSession session;
    private final List<String> names;
    private @Nullable ProgressLine counted;
    private int position;

    /**
     * Makes sure that all are there.
     *
     * @param names as they stood on the command line
     * @param argument what the command calls them
     */
    InputFiles(TerminalSession session, List<String> names, String argument) throws UsageException {
        this.session = session;
        for (String name : names) {
            check(name, argument);
        }
        if (names.isEmpty()) {
            session.announceStandardInput();
            this.names = List.of(STANDARD_INPUT);
        } else {
            // in the order of their names, as add does
            this.names = names.stream()
                    .sorted(Comparator.comparing(InputFiles::base))
                    .toList();
        }
    }

    /** The same where standard input does not come in the place of files that were not given. */
    static InputFiles required(TerminalSession session, List<String> names, String argument) throws UsageException {
        if (names.isEmpty()) {
            throw new UsageException("argument \"%s\" is required".formatted(argument));
        }
        return new InputFiles(session, names, argument);
    }

    private void check(String name, String argument) throws UsageException {
        Path file = session.terminal().resolve(name);
        if (!name.equals(STANDARD_INPUT) && Files.notExists(file)) {
            throw new UsageException("lstat " + name + ": no such file or directory");
        }
        if (Files.isDirectory(file)) {
            throw new UsageException(
                    "invalid path '%s', argument '%s' does not support directories".formatted(name, argument));
        }
    }

    private static String base(String name) {
        return name.equals(STANDARD_INPUT) ? "" : name.replaceFirst("/+$", "").replaceFirst("^.*/", "");
    }

    @Override
    public Optional<InputNode> next() {
        return position == names.size() ? Optional.empty() : Optional.of(new Named(names.get(position++)));
    }

    @Override
    public void close() {}

    /** A file as an input. */
    private final class Named implements InputNode.File {
        private final String path;

        Named(String path) {
            this.path = path;
        }

        @Override
        public String name() {
            return base(path);
        }

        @Override
        public Metadata metadata() {
            return Metadata.NONE;
        }

        @Override
        public InputStream open() throws IOException {
            InputStream content = InputFiles.this.open(path);
            return counted == null ? content : new CountedInputStream(content, counted);
        }

        @Override
        public OptionalLong size() {
            return OptionalLong.empty();
        }
    }

    /** Tells a line how many bytes there are, if that is known, and of each that is read. */
    void countInto(ProgressLine line) throws IOException {
        size().ifPresent(line::total);
        counted = line;
    }

    private OptionalLong size() throws IOException {
        long sum = 0;
        for (String name : names) {
            OptionalLong size = size(name);
            if (size.isEmpty()) {
                return size;
            }
            sum += size.getAsLong();
        }
        return OptionalLong.of(sum);
    }

    private OptionalLong size(String name) throws IOException {
        Path file = session.terminal().resolve(name);
        boolean known = !name.equals(STANDARD_INPUT) && Files.isRegularFile(file);
        return known ? OptionalLong.of(Files.size(file)) : OptionalLong.empty();
    }

    /** The caller closes it, which leaves standard input open. */
    private InputStream open(String name) throws IOException {
        if (!name.equals(STANDARD_INPUT)) {
            return Files.newInputStream(session.terminal().resolve(name));
        }
        return new FilterInputStream(session.terminal().in()) {
            @Override
            public void close() {}
        };
    }
}
