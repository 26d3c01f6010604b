package org.s3ds.cli;

import java.io.IOException;
import java.util.Map;
import java.util.stream.Collectors;
import org.s3ds.ipld.unixfs.PathResolver;
import org.s3ds.rpc.Reply;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code resolve}: what a path or name leads to. */
@Command(
        description = {
            "Prints the path that a path leads to, which begins with a CID and needs no other block to be",
            "followed. A name is looked up by the records that are here."
        },
        footer = "s3ds resolve /ipns/site/photos")
final class ResolveCommand implements Operation.OfNode {
    private final Session session;

    @Option(
            names = {"--recursive", "-r"},
            fallbackValue = "true",
            arity = "0..1",
            paramLabel = "<true|false>",
            description = "Go on until there is a CID; false for one step from name to name. Default: true.")
    private boolean recursive = true;

    @Mixin
    private NameCommand.Asking asking = new NameCommand.Asking();

    @OrInput
    @Parameters(
            paramLabel = "<name>",
            arity = "0..1",
            description = "A path or name; from standard input when it is not given.")
    private String name = "";

    ResolveCommand(Session session) {
        this.session = session;
    }

    @Override
    public void perform(Reply reply) throws IOException {
        asking.check();
        IpfsPath path = IpfsPath.parse(name);
        String found = path.isName() && !recursive ? session.node().names().step(path.toString()) : end(path);
        reply.only(Map.of("Path", found));
    }

    @Override
    public Display display(Terminal terminal) {
        return Display.lines(terminal, fields -> String.valueOf(fields.get("Path")));
    }

    /** A path that has a CID of version 1 is answered with one; a name is not, though it may be spelt as one. */
    private String end(IpfsPath path) throws IOException {
        PathResolver.Target target = session.locate(path.toString());
        String within = target.remainder().stream().map(word -> "/" + word).collect(Collectors.joining());
        String cid = path.isName() ? session.text(target.cid()) : session.text(target.cid(), path.toString());
        return "/" + session.path(path.toString()).namespace() + "/" + cid + within;
    }
}
