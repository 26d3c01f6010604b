package org.s3ds.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import org.s3ds.node.unixfs.FolderSink;
import org.s3ds.node.unixfs.TarSource;
import org.s3ds.node.unixfs.TreeSink;
import org.s3ds.node.unixfs.WholeFile;

/** Writes to the disk what {@code get} was sent: as it is, or unpacked. What is not whole does not get its name. */
final class GetDisplay extends Results {
    private final ProgressLine line;
    private final String sentence;
    private final BytePipe.Reader reader;
    private Optional<BytePipe> pipe = Optional.empty();

    private GetDisplay(Terminal terminal, ProgressLine line, String sentence, BytePipe.Reader reader) {
        super(terminal);
        this.line = line;
        this.sentence = sentence;
        this.reader = reader;
    }

    /** Keeps what comes in one file. */
    static GetDisplay ofArchive(Terminal terminal, ProgressLine line, String name) {
        Path file = terminal.resolve(name);
        return new GetDisplay(terminal, line, "Saving archive to " + name, in -> {
            if (Files.exists(file) && !Files.isRegularFile(file)) {
                try (OutputStream out = Files.newOutputStream(file)) {
                    copy(in, out, line);
                }
            } else {
                WholeFile.write(file, out -> copy(in, out, line), whole -> {});
            }
        });
    }

    private static void copy(InputStream in, OutputStream out, ProgressLine line) throws IOException {
        in.transferTo(new CountedOutputStream(out, line));
    }

    /** Unpacks the tree that comes. */
    static GetDisplay ofFiles(Terminal terminal, ProgressLine line, String name) {
        Path place = terminal.resolve(name).normalize();
        return new GetDisplay(
                terminal,
                line,
                "Saving file(s) to " + name,
                in -> new TarSource(in).copyTo(new CountedSink(sink(place), line)));
    }

    private static TreeSink sink(Path place) {
        return place.equals(Path.of("/dev/null"))
                ? new ContentSink(OutputStream.nullOutputStream())
                : new FolderSink(place);
    }

    @Override
    public OutputStream bytes(OptionalLong length) {
        length.ifPresent(line::total);
        terminal().out().println(sentence);
        BytePipe opened = new BytePipe(reader);
        pipe = Optional.of(opened);
        return opened.out();
    }

    @Override
    public void end() throws IOException {
        if (pipe.isPresent()) {
            pipe.get().end();
        }
    }

    @Override
    public void close() {
        pipe.ifPresent(BytePipe::cut);
        line.close();
    }
}
