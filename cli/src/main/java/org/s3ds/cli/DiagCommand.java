package org.s3ds.cli;

import java.io.IOException;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.s3ds.ipld.CidFormat;
import org.s3ds.node.repo.GoDuration;
import org.s3ds.node.repo.Json;
import org.s3ds.rpc.Reply;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code diag}: how a node is. */
final class DiagCommand {
    private DiagCommand() {}

    /** The log of the daemon that was asked. */
    private static CommandLog log(Session session) throws IOException {
        return session.servedBy()
                .orElseThrow(() -> new IOException("command must be run on the daemon: [diag cmds]"))
                .commands();
    }

    /** Values as JSON, as Kubo prints them here. */
    private static Display json(Terminal terminal) {
        return new Results(terminal) {
            @Override
            public void value(@Nullable Object value) {
                terminal.out().println(Json.compact(value));
            }
        };
    }

    /** {@code diag healthy}: whether the node can read. */
    @Command(
            description =
                    "Reads the empty directory, which every repo has, and prints \"ok\": of a bucket, one request.",
            footer = "s3ds diag healthy")
    static final class Healthy implements Operation.OfNode {
        private final Session session;

        Healthy(Session session) {
            this.session = session;
        }

        @Override
        public void perform(Reply reply) throws IOException {
            session.node().blocks().unaided().get(CidFormat.V0.cid(new byte[] {0x0a, 0x02, 0x08, 0x01}));
            reply.only("ok");
        }

        @Override
        public Display display(Terminal terminal) {
            return json(terminal);
        }
    }

    /** {@code diag cmds}: what the daemon works on. */
    @Command(
            description =
                    "Prints the requests that the daemon works on, and with -v what it has done in the last hour.",
            footer = "s3ds diag cmds -v")
    static final class Commands implements Operation.OfNode {
        private final Session session;

        @Option(
                names = {"--verbose", "-v"},
                description = "Print those that are done, too.")
        private boolean verbose;

        Commands(Session session) {
            this.session = session;
        }

        @Override
        public void perform(Reply reply) throws IOException {
            reply.only(log(session).list());
        }

        @Override
        public Display display(Terminal terminal) {
            return new Results(terminal) {
                @Override
                public void value(@Nullable Object value) {
                    for (Object entry : value instanceof List<?> entries ? entries : List.of()) {
                        if (entry instanceof Map<?, ?> fields) {
                            line(fields).ifPresent(terminal.out()::println);
                        }
                    }
                }
            };
        }

        private Optional<String> line(Map<?, ?> entry) {
            boolean active = Boolean.TRUE.equals(entry.get("Active"));
            return active || verbose
                    ? Optional.of("%s  %s  %s"
                            .formatted(entry.get("StartTime"), active ? "active" : "done  ", entry.get("Command")))
                    : Optional.empty();
        }
    }

    /** {@code diag cmds clear}. */
    @Command(description = "Forgets the requests that are done.", footer = "s3ds diag cmds clear")
    static final class Clear implements Operation.OfNode {
        private final Session session;

        Clear(Session session) {
            this.session = session;
        }

        @Override
        public void perform(Reply reply) throws IOException {
            log(session).clear();
        }

        @Override
        public Display display(Terminal terminal) {
            return Display.plain(terminal);
        }
    }

    /** {@code diag cmds set-time}. */
    @Command(
            description = "Sets how long requests that are done are remembered.",
            footer = "s3ds diag cmds set-time 10m")
    static final class SetTime implements Operation.OfNode {
        private final Session session;

        @Parameters(paramLabel = "<time>", index = "0", arity = "1", description = "How long, such as 10m.")
        private String time = "";

        SetTime(Session session) {
            this.session = session;
        }

        @Override
        public void perform(Reply reply) throws IOException {
            Duration kept = GoDuration.parse(time)
                    .orElseThrow(() -> new IOException("time: invalid duration \"" + time + "\""));
            log(session).keepFor(kept);
        }

        @Override
        public Display display(Terminal terminal) {
            return Display.plain(terminal);
        }
    }

    /** {@code diag sys}: the machine and the program. */
    @Command(description = "Prints what the node runs on.", footer = "s3ds diag sys")
    static final class Sys implements Operation.OfNode {
        private final Session session;

        Sys(Session session) {
            this.session = session;
        }

        @Override
        public void perform(Reply reply) throws IOException {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("diskinfo", disk(session.repo()));
            fields.put("environment", Map.of("IPFS_PATH", session.repoName()));
            fields.put("ipfs_commit", Product.commit());
            fields.put("ipfs_version", Product.KUBO_VERSION);
            fields.put("memory", memory());
            fields.put("net", network());
            fields.put("runtime", runtime());
            reply.only(fields);
        }

        private static Map<String, Object> disk(Path repo) throws IOException {
            FileStore disk = Files.getFileStore(repo);
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("free_space", disk.getUsableSpace());
            fields.put("fstype", disk.type());
            fields.put("total_space", disk.getTotalSpace());
            return fields;
        }

        private static Map<String, Object> memory() {
            Runtime java = Runtime.getRuntime();
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("swap", 0L);
            fields.put("virt", java.totalMemory());
            return fields;
        }

        private static Map<String, Object> network() throws SocketException {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put(
                    "interface_addresses",
                    NetworkInterface.networkInterfaces()
                            .flatMap(NetworkInterface::inetAddresses)
                            .map(address -> (address.getAddress().length == 4 ? "/ip4/" : "/ip6/")
                                    + address.getHostAddress().replaceFirst("%.*", ""))
                            .toList());
            fields.put("online", false);
            return fields;
        }

        private static Map<String, Object> runtime() {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("arch", System.getProperty("os.arch"));
            fields.put("compiler", System.getProperty("java.vm.name"));
            fields.put("numcpu", (long) Runtime.getRuntime().availableProcessors());
            fields.put("os", System.getProperty("os.name").toLowerCase(Locale.ROOT));
            fields.put("version", String.valueOf(Runtime.version()));
            return fields;
        }

        @Override
        public Display display(Terminal terminal) {
            return json(terminal);
        }
    }
}
