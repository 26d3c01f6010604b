package org.s3ds.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.s3ds.node.repo.GoDuration;
import org.s3ds.node.unixfs.InputNode;
import org.s3ds.rpc.BadRequestException;
import org.s3ds.rpc.Reply;
import org.s3ds.rpc.RpcReply;
import org.s3ds.rpc.RpcRequest;
import org.s3ds.rpc.RpcService;

/** Does what requests to a daemon ask for: the commands of the command line that others may ask for. */
final class RpcCommands implements RpcService {
    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;

    /** Of the arguments in a body, in bytes: they are all held at once. */
    private static final int MOST_LINES = 4 << 20;

    private final Function<GlobalOptions, Session> sessions;

    /**
     * The commands.
     *
     * @param sessions makes the session of one request
     */
    RpcCommands(Function<GlobalOptions, Session> sessions) {
        this.sessions = sessions;
    }

    @Override
    public void serve(RpcRequest request, RpcReply reply) throws IOException {
        Invocation invocation = Invocation.find(request.path());
        if (isGroup(invocation)) {
            return; // as Kubo, with nothing
        }
        GlobalOptions global = new GlobalOptions();
        Operation operation = invocation
                .command()
                .operation(sessions.apply(global))
                .orElseThrow(() -> new BadRequestException(NOT_FOUND, "404 page not found"));
        Arguments arguments = new Arguments(operation, global);
        fill(arguments, invocation, request);
        Action action = action(operation, request, reply);
        if (global.timeout.isEmpty()) {
            action.run();
        } else if (GoDuration.parse(global.timeout).isPresent()) { // else Kubo answers with nothing
            Deadline.run(global.timeout, action);
        }
    }

    private static boolean isGroup(Invocation invocation) {
        return invocation.path().size() > 1
                && invocation.arguments().isEmpty()
                && invocation.command().maker().isEmpty();
    }

    private static void fill(Arguments arguments, Invocation invocation, RpcRequest request) throws IOException {
        List<String> words = new QueryWords(arguments.spec()).of(request.query(), invocation.arguments());
        try {
            arguments.parse(words, () -> lines(request));
        } catch (UsageException e) {
            throw new BadRequestException(BAD_REQUEST, Failures.sentence(e));
        }
        Optional<String> upload = arguments.upload();
        if (upload.isPresent() && !request.hasFiles()) {
            throw new BadRequestException(BAD_REQUEST, "file argument '%s' is required".formatted(upload.get()));
        }
    }

    /** Values are JSON, unless the client asks for text: that of the command line. */
    private static Action action(Operation operation, RpcRequest request, RpcReply reply) throws BadRequestException {
        String encoding = request.query().stream()
                .filter(entry ->
                        entry.getKey().equals("encoding") || entry.getKey().equals("enc"))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("json");
        return switch (encoding) {
            case "json" -> () -> perform(operation, request, reply);
            case "text" -> () -> performInText(operation, request, reply);
            default -> throw new BadRequestException(BAD_REQUEST, "invalid encoding: " + encoding);
        };
    }

    private static void performInText(Operation operation, RpcRequest request, RpcReply reply) throws IOException {
        PrintStream text = new PrintStream(reply.text(), false, StandardCharsets.UTF_8);
        Terminal terminal =
                new Terminal(InputStream.nullInputStream(), text, text, Path.of("/"), Map.of(), false, false, false);
        try (Display display = operation.display(terminal)) {
            perform(operation, request, new LocalReply(display, terminal, false));
            display.end();
        } finally {
            text.flush();
        }
    }

    /** Arguments may come as the lines of a file. */
    private static List<String> lines(RpcRequest request) throws IOException {
        try (InputNode.Children files = request.files()) {
            Optional<InputNode> file = files.next();
            if (file.isEmpty() || !(file.get() instanceof InputNode.File content)) {
                return List.of();
            }
            byte[] text = content.open().readNBytes(MOST_LINES + 1);
            if (text.length > MOST_LINES) {
                throw new BadRequestException(
                        BAD_REQUEST, "the arguments in the body are longer than " + MOST_LINES + " bytes");
            }
            return new String(text, StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isEmpty())
                    .toList();
        }
    }

    private static void perform(Operation operation, RpcRequest request, Reply reply) throws IOException {
        try {
            performOn(operation, request, reply);
        } catch (FileSystemException | ClosedByInterruptException | UncheckedIOException e) {
            throw new IOException(Failures.sentence(e), e); // their own messages are no sentences
        }
    }

    private static void performOn(Operation operation, RpcRequest request, Reply reply) throws IOException {
        switch (operation) {
            case Operation.OfNode alone -> alone.perform(reply);
            case Operation.OfFiles taker -> {
                try (InputNode.Children files = request.files()) {
                    taker.perform(files, reply);
                }
            }
        }
    }
}
