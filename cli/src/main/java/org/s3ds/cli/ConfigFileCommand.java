package org.s3ds.cli;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.s3ds.node.repo.Config;
import org.s3ds.node.unixfs.InputNode;
import org.s3ds.rpc.Reply;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * {@code config edit} and {@code config replace}: the whole config, but for the secrets that stay where masks stand.
 */
final class ConfigFileCommand {
    /** More than any config has. */
    private static final int MOST_BYTES = 16 << 20;

    private ConfigFileCommand() {}

    /** {@code config edit}: a copy goes through the editor, and takes the config's place if it may. */
    @Command(
            description = {
                "Opens the config in the editor that $EDITOR names. Secrets are shown as ***, and stay where that is",
                "left. What is saved takes the place of the config only if it is one."
            },
            footer = "EDITOR=vi s3ds config edit")
    static final class Edit implements Action {
        private final TerminalSession session;

        Edit(TerminalSession session) {
            this.session = session;
        }

        @Override
        public void run() throws IOException {
            String editor = session.terminal()
                    .variable("EDITOR")
                    .orElseThrow(() -> new IOException("ENV variable $EDITOR not set"));
            session.changeConfig(config -> config); // may it be changed at all? asked before an hour's work
            Config before = session.config();
            Path copy = Files.createTempFile("s3ds-config-", ".json");
            Files.writeString(copy, before.masked() + "\n");
            edit(editor, copy);
            if (!Files.readString(copy).equals(before.masked() + "\n")) {
                takeOver(before, copy);
            }
            Files.delete(copy);
        }

        /** As Kubo starts it; what the variable holds may have arguments. */
        private void edit(String editor, Path copy) throws IOException {
            ProcessBuilder command = new ProcessBuilder("sh", "-c", editor + " \"$1\"", "sh", copy.toString());
            command.environment().clear();
            command.environment().putAll(session.terminal().environment());
            int code;
            try {
                code = command.directory(session.terminal().directory().toFile())
                        .inheritIO()
                        .start()
                        .waitFor();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                InterruptedIOException io = new InterruptedIOException("interrupted; the config is as it was");
                io.initCause(e);
                throw io;
            }
            if (code != 0) {
                throw new IOException(
                        "the editor (%s) ended with exit code %d; the config is as it was, and what you edited"
                                        .formatted(editor, code)
                                + " is in " + copy);
            }
        }

        /** The edited text is kept when it is refused: it may be an hour's work. */
        private void takeOver(Config before, Path copy) throws IOException {
            try {
                Config edited = Config.parse(Files.readAllBytes(copy), copy.toString());
                session.changeConfig(now -> {
                    if (!now.equals(before)) {
                        throw new IOException("the config was changed by someone else in the meantime");
                    }
                    return now.replacedBy(edited);
                });
            } catch (IOException e) {
                throw new IOException(
                        "%s; the config is as it was, and what you edited is in %s"
                                .formatted(Failures.sentence(e), copy),
                        e);
            }
        }
    }

    /** {@code config replace}: another file takes the place of the config. */
    @Command(
            description = {
                "Takes a file for the config. Secrets that it leaves out, as config show does, or shows as ***, stay as",
                "they are; the private key always does."
            },
            footer = "s3ds config show > config.json; vi config.json; s3ds config replace config.json")
    static final class Replace implements Operation.OfFiles {
        private final Session session;

        @FromFiles
        @Parameters(
                index = "0",
                paramLabel = "<file>",
                arity = "0..1",
                description = "The new config; - for standard input.")
        private List<String> files = List.of();

        Replace(Session session) {
            this.session = session;
        }

        @Override
        public InputNode.Children files(TerminalSession local) throws IOException {
            return InputFiles.required(local, files, "file");
        }

        @Override
        public void perform(InputNode.Children inputs, Reply reply) throws IOException {
            Config next = Config.parse(new InputContents(inputs).only(MOST_BYTES), "the new config");
            session.changeConfig(now -> now.replacedBy(next));
        }

        @Override
        public Display display(Terminal terminal) {
            return Display.plain(terminal);
        }
    }
}
