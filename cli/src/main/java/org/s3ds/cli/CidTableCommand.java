package org.s3ds.cli;

import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.s3ds.ipld.HashFunction;
import org.s3ds.ipld.Multibase;
import org.s3ds.ipld.Multicodec;
import org.s3ds.rpc.Reply;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code cid bases}, {@code codecs} and {@code hashes}: what the numbers in CIDs may be. */
final class CidTableCommand {
    private CidTableCommand() {}

    /** A table of names and their numbers. */
    abstract static class Table implements Operation.OfNode {
        /** The rows, each by {@link #row}. */
        abstract Stream<Map<String, Object>> rows();

        /** How a row is shown. */
        abstract String line(int code, String name);

        @Override
        public final void perform(Reply reply) throws IOException {
            reply.only(rows().toList());
        }

        @Override
        public final Display display(Terminal terminal) {
            return new Results(terminal) {
                @Override
                public void value(@Nullable Object value) throws IOException {
                    if (!(value instanceof List<?> rows)) {
                        super.value(value);
                        return;
                    }
                    for (Object row : rows) {
                        if (row instanceof Map<?, ?> fields && fields.get("Code") instanceof Number code) {
                            terminal.out().println(line(code.intValue(), String.valueOf(fields.get("Name"))));
                        }
                    }
                }
            };
        }

        static Map<String, Object> row(long code, String name) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("Code", code);
            fields.put("Name", name);
            return fields;
        }

        static String line(boolean numeric, int code, String name) {
            return numeric ? "%5d  %s".formatted(code, name) : name;
        }
    }

    /** {@code cid bases}: the multibases there are. */
    @Command(footer = "s3ds cid bases --prefix")
    static final class Bases extends Table {
        @Option(names = "--prefix", description = "Also the character that texts begin with.")
        private boolean prefix;

        @Option(names = "--numeric", description = "Also its number.")
        private boolean numeric;

        @Override
        Stream<Map<String, Object>> rows() {
            return Arrays.stream(Multibase.values()).map(base -> row(base.prefix(), base.spelling()));
        }

        @Override
        String line(int code, String name) {
            String character = code == Multibase.IDENTITY.prefix() ? " " : Character.toString(code);
            String number = numeric ? "%7d".formatted(code) : "";
            String both = prefix && numeric ? character + " " + number : prefix ? character : number;
            return both.isEmpty() ? name : both + "  " + name;
        }
    }

    /** {@code cid codecs}: the multicodecs for blocks. */
    @Command(footer = "s3ds cid codecs --supported --numeric")
    static final class Codecs extends Table {
        private static final Set<String> SUPPORTED =
                Set.of("cbor", "raw", "dag-pb", "dag-cbor", "libp2p-key", "git-raw", "dag-jose", "dag-json", "json");

        @Option(
                names = {"--numeric", "-n"},
                description = "Also their numbers.")
        private boolean numeric;

        @Option(
                names = {"--supported", "-s"},
                description = "Only those that Kubo's commands can read or write.")
        private boolean supported;

        @Override
        Stream<Map<String, Object>> rows() {
            return Multicodec.tagged(Multicodec.IPLD).stream()
                    .filter(row -> !supported || SUPPORTED.contains(row.name()))
                    .map(row -> row(row.code(), row.name()));
        }

        @Override
        String line(int code, String name) {
            return line(numeric, code, name);
        }
    }

    /** {@code cid hashes}: the hashes that may name blocks. */
    @Command(footer = "s3ds cid hashes --numeric")
    static final class Hashes extends Table {
        /** Shorter digests are not accepted for blocks; identity has no length of its own. */
        private static final int SHORTEST = 20;

        @Option(
                names = {"--numeric", "-n"},
                description = "Also their numbers.")
        private boolean numeric;

        @Option(
                names = {"--supported", "-s"},
                description = "Only those that can be computed. Always so.")
        // Kubo takes the option too, and lists the same with it
        @SuppressWarnings("UnusedVariable")
        private boolean supported;

        @Override
        Stream<Map<String, Object>> rows() {
            return HashFunction.all().stream()
                    .filter(hash -> hash.equals(HashFunction.IDENTITY) || hash.defaultLength() >= SHORTEST)
                    .map(hash -> row(hash.code(), hash.name()));
        }

        @Override
        String line(int code, String name) {
            return line(numeric, code, name);
        }
    }
}
