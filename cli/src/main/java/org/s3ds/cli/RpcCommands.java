package org.s3ds.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.s3ds.node.repo.GoDuration;
import org.s3ds.node.unixfs.InputNode;
import org.s3ds.rpc.BadRequestException;
import org.s3ds.rpc.Reply;
import org.s3ds.rpc.RpcRequest;
import org.s3ds.rpc.RpcService;

/** Does what requests to a daemon ask for: the commands of the command line that others may ask for. */
final class RpcCommands implements RpcService {
    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;

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
    public void serve(RpcRequest request, Reply reply) throws IOException {
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
        if (global.timeout.isEmpty()) {
            perform(operation, request, reply);
        } else if (GoDuration.parse(global.timeout).isPresent()) { // else Kubo answers with nothing
            Deadline.run(global.timeout, () -> perform(operation, request, reply));
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

    /** Arguments may come as the lines of a file. */
    private static List<String> lines(RpcRequest request) throws IOException {
        try (InputNode.Children files = request.files()) {
            Optional<InputNode> file = files.next();
            if (file.isPresent() && file.get() instanceof InputNode.File content) {
                BufferedReader reader =
                        new BufferedReader(new InputStreamReader(content.open(), StandardCharsets.UTF_8));
                return reader.lines().filter(line -> !line.isEmpty()).toList();
            }
            return List.of();
        }
    }

    private static void perform(Operation operation, RpcRequest request, Reply reply) throws IOException {
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
