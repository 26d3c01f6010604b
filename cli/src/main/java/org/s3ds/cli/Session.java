package org.s3ds.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.unixfs.PathResolver;
import org.s3ds.node.Node;
import org.s3ds.node.repo.Config;
import org.s3ds.node.repo.Repo;
import org.s3ds.node.upkeep.AllBlocks;
import org.s3ds.node.upkeep.Usage;

/**
 * What a command has while it works, wherever it runs: the node, and the options that every command takes. It knows no
 * streams: what a command tells goes to its reply.
 */
public abstract class Session {
    private final GlobalOptions global;

    Session(GlobalOptions global) {
        this.global = global;
    }

    /** The options that every command takes. */
    final GlobalOptions global() {
        return global;
    }

    /** The folder of the repo. */
    public abstract Path repo() throws IOException;

    /** The node. */
    public abstract Node node() throws IOException;

    /** The config of the repo as it stands in its file. */
    abstract Config config() throws IOException;

    /** Changes the config of the repo. */
    abstract void changeConfig(Repo.Change change) throws IOException;

    /** Makes sure that the config of the repo may be changed so, and leaves it as it is. */
    abstract void tryChange(Repo.Change change) throws IOException;

    /** Tells whoever looks after the node something that is not as it should be. */
    abstract void warn(String sentence);

    /** The same for something that is as it should be. */
    abstract void note(String sentence);

    /** The folder of the repo as whoever runs this process names it. */
    abstract String repoName() throws IOException;

    /** Counts from now on how many requests are sent to S3; empty while none was, as when blocks are in files. */
    abstract Supplier<OptionalLong> countRequests() throws IOException;

    /** The terminal of who waits, when it is in this process: for progress, never for results. */
    abstract Optional<Terminal> watcher();

    /** The daemon that serves this session; empty on the command line. */
    abstract Optional<Daemon> servedBy();

    /** The name of the hash function that names new blocks unless a command says otherwise. */
    final String usualHash() throws IOException {
        return config().find("Import.HashFunction").map(String::valueOf).orElse("sha2-256");
    }

    /** All blocks of the node, counted as they come; the caller closes them. */
    final AllBlocks allBlocks() throws IOException {
        Optional<IndexFilling> filling = IndexFilling.shown(this);
        try {
            return new AllBlocks(node().repo(), node().blocks(), InstantSource.system(), this::warn);
        } finally {
            filling.ifPresent(IndexFilling::close);
        }
    }

    /** About how many blocks there are, if all of them were ever listed; asks nobody. */
    final OptionalLong usualBlocks() throws IOException {
        return Usage.last(node().repo(), sentence -> {}).stream()
                .mapToLong(Usage::blocks)
                .findFirst();
    }

    /** The CID that a path leads to. */
    public final Cid resolve(String text) throws IOException {
        return locate(text).block();
    }

    /** Where a path leads that may end within a block. */
    public final PathResolver.Target locate(String text) throws IOException {
        IpfsPath path = path(text);
        return new PathResolver(node().blocks()).locate(path.cid(), path.segments(), path.view());
    }

    /** The path that a path argument stands for: one that starts at a CID, be a name looked up for that. */
    final IpfsPath path(String text) throws IOException {
        IpfsPath path = IpfsPath.parse(text);
        return path.isName() ? IpfsPath.parse(node().names().resolve(path.toString())) : path;
    }

    /** Whether {@code --offline} was given, which changes nothing but what is taken for a question to the network. */
    final boolean offline() {
        return global.offline || global.local;
    }

    /** A CID as {@code --cid-base} asks for it. */
    public final String text(Cid cid) throws IOException {
        return CidText.of(global).of(cid);
    }

    /** A CID as {@code --cid-base} asks for it, or else in the base of a path that was given. */
    public final String text(Cid cid, String path) throws IOException {
        return CidText.of(global, path).of(cid);
    }
}
