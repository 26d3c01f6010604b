package org.s3ds.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.s3ds.ipld.Cid;

/** One run of one command: its terminal, the options that every command takes, and the repo once it is asked for. */
public final class Session implements AutoCloseable {
    private final Terminal terminal;
    private final GlobalOptions global;

    Session(Terminal terminal, GlobalOptions global) {
        this.terminal = terminal;
        this.global = global;
    }

    /** Where to print, and what is around the command. */
    public Terminal terminal() {
        return terminal;
    }

    /** The folder of the repo: {@code --repo-dir}, else {@code $IPFS_PATH}, else {@code ~/.ipfs}. */
    public Path repo() throws IOException {
        if (!global.repoDir.isEmpty()) {
            return terminal.resolve(expandHome(global.repoDir));
        }
        return terminal.resolve(expandHome(terminal.variable("IPFS_PATH").orElse("~/.ipfs")));
    }

    /** A name in which a leading {@code ~} stands for the home folder. */
    private String expandHome(String name) throws IOException {
        if (!name.startsWith("~")) {
            return name;
        }
        if (name.length() > 1 && name.charAt(1) != '/') {
            throw new IOException("cannot expand user-specific home dir");
        }
        return terminal.variable("HOME")
                        .orElseThrow(() -> new IOException("$HOME is not set: give the repo's folder with --repo-dir"))
                + name.substring(1);
    }

    /** Whether results are printed as JSON instead of text. */
    public boolean json() throws UsageException {
        return switch (global.encoding) {
            case "json" -> true;
            case "text" -> false;
            default ->
                throw UsageException.withoutUsage(
                        "invalid encoding: \"%s\" (text and json are known)".formatted(global.encoding));
        };
    }

    /** A CID as {@code --cid-base} asks for it. */
    public String text(Cid cid) throws IOException {
        return CidText.of(global).of(cid);
    }

    /**
     * The arguments of a command that takes them from standard input when it is given none, a line each.
     *
     * @param given what stood on the command line
     * @param name the argument's name, for the sentence when there is none either way
     */
    public List<String> orStandardInput(List<String> given, String name) throws IOException {
        if (!given.isEmpty()) {
            return given;
        }
        announceStandardInput();
        BufferedReader reader = new BufferedReader(new InputStreamReader(terminal.in(), StandardCharsets.UTF_8));
        List<String> lines = reader.lines().filter(line -> !line.isEmpty()).toList();
        if (lines.isEmpty()) {
            throw UsageException.withoutUsage("argument \"%s\" is required".formatted(name));
        }
        return lines;
    }

    /** Says that standard input is about to be read, when a person would have to type it. */
    public void announceStandardInput() {
        if (terminal.typedInput()) {
            terminal.err().println("s3ds: Reading from /dev/stdin; send Ctrl-d to stop.");
        }
    }

    /** Closes the repo, if it was opened. */
    @Override
    public void close() throws IOException {}
}
