package org.s3ds.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.s3ds.datastore.Metrics;
import org.s3ds.datastore.StoreClaims;
import org.s3ds.datastore.StoreConfig;
import org.s3ds.datastore.StoreContext;
import org.s3ds.datastore.StoreType;
import org.s3ds.node.repo.DatastoreSpec;
import org.s3ds.node.repo.Identity;
import org.s3ds.node.repo.Profiles;
import org.s3ds.node.repo.Repo;
import org.s3ds.node.repo.RepoPlan;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code init}: makes a repo. */
@Command(
        description = {
            "Makes a repo in $IPFS_PATH, or ~/.ipfs. With --bucket its blocks go to S3: one request proves that the",
            "bucket is there and the keys are good before anything is written. With --blocks they go to a store of any",
            "type, such as one that a plugin brings. With --profile=flatfs they go to files in the repo, as Kubo keeps",
            "them. Without any of these, they go to an S3 server inside the repo, for trying out. With a config file, the",
            "repo gets exactly that config. A bucket, or its root directory, is claimed for this repo, which alone writes and",
            "deletes there from then on; where there are objects that no repo has claimed, the new one shares them."
        },
        footer = {
            "s3ds init --bucket my-bucket --region us-east-1",
            "s3ds init --profile=flatfs",
            "s3ds init --bucket my-bucket --region us-east-1 --endpoint https://us-east-1.linodeobjects.com \\",
            "    --root-directory node1 --access-key AK123 --secret-key-file ~/secret"
        })
final class InitCommand implements Action {
    private static final String ED25519 = "ed25519";
    private static final int DEFAULT_RSA_BITS = 2048;

    private final TerminalSession session;

    @Option(
            names = {"--algorithm", "-a"},
            paramLabel = "<algorithm>",
            description = "Of the node's key: ed25519 or rsa.")
    private String algorithm = ED25519;

    @Option(
            names = {"--bits", "-b"},
            paramLabel = "<bits>",
            description = "Of an rsa key. Default: 2048.")
    private int bits;

    @Option(
            names = {"--empty-repo", "-e"},
            description = "Add no help files. There are none to add.")
    private boolean emptyRepo = true;

    @Option(
            names = {"--profile", "-p"},
            paramLabel = "<profiles>",
            description = "Profiles to apply to the config, separated by commas, such as server,lowpower.")
    private String profiles = "";

    @Option(
            names = "--force",
            description =
                    "Claim the place for this repo also where the server cannot keep another from doing the same.")
    private boolean force;

    @Mixin
    private S3Options s3 = new S3Options();

    @Parameters(
            paramLabel = "<config-file>",
            arity = "0..1",
            description = "A config to take as it is; - for standard input.")
    private String configFile = "";

    InitCommand(TerminalSession session) {
        this.session = session;
    }

    @Override
    public void run() throws IOException {
        s3.check();
        if (s3.hasStore() && profileNames().stream().anyMatch(Profiles::isDatastore)) {
            throw new UsageException(
                    "--bucket or --blocks and a profile among %s both say where the blocks go: leave one of them out"
                            .formatted(profiles));
        }
        Path repo = session.repo();
        if (configFile.isEmpty()) {
            makeFresh(repo);
        } else {
            takeGiven(repo);
        }
        notes();
    }

    private Terminal terminal() {
        return session.terminal();
    }

    private void takeGiven(Path repo) throws IOException {
        if (s3.isAnyGiven() || !profiles.isEmpty()) {
            throw new UsageException(
                    "a config file is taken as it is: leave out --profile and the options about S3, or the"
                            + " config file");
        }
        Path file = terminal().resolve(configFile);
        if (!configFile.equals("-") && Files.notExists(file)) {
            throw new UsageException("lstat " + configFile + ": no such file or directory");
        }
        sayWhere(repo);
        refuseExisting(repo);
        byte[] text = configFile.equals("-") ? terminal().in().readAllBytes() : Files.readAllBytes(file);
        String name = configFile.equals("-") ? "standard input" : configFile;
        RepoPlan plan = RepoPlan.verbatim(text, name);
        for (StoreConfig store : storesOf(plan, name)) {
            store.prove(context(terminal().directory())).forEach(this::note);
        }
        session.create(repo, plan);
    }

    /** What is said on the way is said when all has gone well. */
    private void makeFresh(Path repo) throws IOException {
        SecureRandom random = new SecureRandom();
        Identity identity = identity(random);
        if (Repo.isInitialized(repo)) {
            say(identity, repo);
        }
        refuseExisting(repo);
        Map<String, Object> blocks = s3.spec(terminal());
        List<Map<String, Object>> settings = new ArrayList<>();
        for (StoreConfig store : named(plan(identity, blocks, random), blocks)) {
            settings.add(proved(store, repo));
        }
        session.create(repo, plan(identity, DatastoreSpec.with(blocks, settings.iterator()), random));
        say(identity, repo);
    }

    private RepoPlan plan(Identity identity, Map<String, ? extends @Nullable Object> blocks, SecureRandom random)
            throws IOException {
        return RepoPlan.fresh(identity, DefaultSpec.of(blocks), profileNames(), random);
    }

    /** What the options name. The spec of a bucket is read by itself: what is wrong with it has no place in a file. */
    private List<StoreConfig> named(RepoPlan plan, Map<String, Object> blocks) throws IOException {
        if (s3.hasBucket()) {
            StoreType type = Stores.named(Stores.S3, session.types(plan.config()));
            return List.of(type.parseStrictly(new TreeMap<>(blocks)));
        }
        return s3.hasStore() ? storesOf(plan, "config") : List.of();
    }

    /** @param name what the config is called where a field of it is wrong */
    private List<StoreConfig> storesOf(RepoPlan plan, String name) throws IOException {
        return DatastoreSpec.ofNew(plan.config(), name, session.types(plan.config()))
                .stores();
    }

    /** Proves that a store can be used, and gives what its spec should say beside what it says. */
    private Map<String, Object> proved(StoreConfig store, Path repo) throws IOException {
        StoreContext context = context(terminal().directory());
        if (s3.mayCreateBucket()) {
            store.createPlace(context);
        }
        Optional<StoreClaims> claims = store.claims();
        if (claims.isEmpty()) {
            store.prove(context).forEach(this::note);
            return Map.of();
        }
        StoreClaims.Proposal proposal = claims.get().propose(context, repo);
        proposal.notes().forEach(this::note);
        if (force && proposal.isExclusive()) {
            Files.createDirectories(repo);
            Repo.alone(repo, terminal().environment(), () -> claims.get().take(context(repo), true));
        }
        return proposal.settings();
    }

    /** Files that a spec names begin in the user's folder as long as there is no repo. */
    private StoreContext context(Path folder) {
        return new StoreContext(folder, Metrics.none(), terminal().environment());
    }

    private void note(String note) {
        terminal().err().println("Note: " + note);
    }

    private void sayWhere(Path repo) {
        terminal().out().println("initializing IPFS node at " + repo);
    }

    private void say(Identity identity, Path repo) {
        terminal().out().println("generating %s keypair...done".formatted(algorithm.toUpperCase(Locale.ROOT)));
        terminal().out().println("peer identity: " + identity.peerId());
        sayWhere(repo);
    }

    private static void refuseExisting(Path repo) throws IOException {
        if (Repo.isInitialized(repo)) {
            throw new IOException(
                    "ipfs configuration file already exists!\nReinitializing would overwrite your keys\n");
        }
    }

    private Identity identity(SecureRandom random) throws IOException {
        return switch (algorithm) {
            case ED25519 -> {
                if (bits != 0) {
                    throw new UsageException("number of key bits does not apply when using ed25519 keys");
                }
                yield Identity.ed25519(random);
            }
            case "rsa" -> Identity.rsa(bits == 0 ? DEFAULT_RSA_BITS : bits, random);
            default -> throw new IOException("unrecognized key type: " + algorithm);
        };
    }

    private List<String> profileNames() {
        return Arrays.stream(profiles.split(","))
                .filter(name -> !name.isBlank())
                .map(String::strip)
                .toList();
    }

    private void notes() {
        if (!s3.hasStore() && configFile.isEmpty() && profileNames().stream().noneMatch(Profiles::isDatastore)) {
            terminal()
                    .err()
                    .println(
                            "Note: the blocks of this repo go to an S3 server inside it, which is for trying out: nothing is"
                                    + " synced to disk, and it is good for up to about 100,000 blocks. For a bucket of your own, init"
                                    + " another repo with --bucket NAME --region REGION");
        }
        if (!emptyRepo) {
            terminal().err().println("Note: --empty-repo=false adds nothing: s3ds has no help files");
        }
    }
}
