package org.s3ds.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.s3ds.ipld.CidReport;
import org.s3ds.ipld.HashFunction;
import org.s3ds.ipld.Multibase;
import org.s3ds.ipld.Multicodec;
import org.s3ds.ipld.Multihash;
import org.s3ds.node.repo.Json;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cid}: what CIDs are made of, and their other spellings. None of it needs a repo. */
final class CidCommand {
    private CidCommand() {}

    /** {@code cid format}: CIDs in another form. */
    @picocli.CommandLine.Command(
            description = {
                "A format string holds placeholders; a capital letter leaves out the multibase prefix:",
                "  %% a percent sign       %b %B name and prefix of the multibase",
                "  %v %V the version       %c %C name and number of the codec",
                "  %L bytes of the digest  %h %H name and number of the hash",
                "  %s %S the CID           %m %M the multihash           %d %D the digest",
                "  %P the prefix: version, codec, hash, bytes of the digest"
            },
            footer = "s3ds cid format -v 1 -b base36 Qmf412jQZiuVUtdgnB36FXFX7xg5V6KEbSJ4dpQuhkLyfD")
    static final class Format implements Action {
        private final TerminalSession session;

        @Option(names = "-f", paramLabel = "<format>", description = "A format string, see below.")
        private String format = "%s";

        @Option(names = "-v", paramLabel = "<version>", description = "Convert to this version, 0 or 1.")
        private String version = "";

        @Option(names = "--mc", paramLabel = "<codec>", description = "Convert to this multicodec.")
        private String codec = "";

        @Option(names = "-b", paramLabel = "<base>", description = "Print in this multibase.")
        private String base = "";

        @Parameters(paramLabel = "<cid>...", description = "CIDs to format; from standard input when none is given.")
        private List<String> cids = List.of();

        Format(TerminalSession session) {
            this.session = session;
        }

        @Override
        public void run() throws IOException {
            CidConversion.of(format, version, codec, base)
                    .print(session.orStandardInput(cids, "cid"), session.terminal());
        }
    }

    /** {@code cid base32}: CIDs in their usual form. */
    @picocli.CommandLine.Command(footer = "s3ds cid base32 Qmf412jQZiuVUtdgnB36FXFX7xg5V6KEbSJ4dpQuhkLyfD")
    static final class Base32 implements Action {
        private final TerminalSession session;

        @Parameters(paramLabel = "<cid>...", description = "CIDs to convert; from standard input when none is given.")
        private List<String> cids = List.of();

        Base32(TerminalSession session) {
            this.session = session;
        }

        @Override
        public void run() throws IOException {
            CidConversion.of("%s", "1", "", "base32").print(session.orStandardInput(cids, "cid"), session.terminal());
        }
    }

    /** {@code cid inspect}: the parts of a CID. */
    @picocli.CommandLine.Command(footer = "s3ds cid inspect Qmf412jQZiuVUtdgnB36FXFX7xg5V6KEbSJ4dpQuhkLyfD")
    static final class Inspect implements Action {
        private final TerminalSession session;

        @Parameters(
                paramLabel = "<cid>",
                arity = "0..1",
                description = "The CID; from standard input when none is given.")
        private String cid = "";

        Inspect(TerminalSession session) {
            this.session = session;
        }

        @Override
        public void run() throws IOException {
            List<String> given = cid.isEmpty() ? List.of() : List.of(cid);
            String text = session.orStandardInput(given, "cid").getFirst().strip();
            CidReport report = CidReport.of(text);
            session.print(report.text(), fields(report));
        }
    }

    /** A report as Kubo has it in JSON. */
    private static Map<String, Object> fields(CidReport report) {
        Multihash hash = report.cid().hash();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("cid", report.given());
        fields.put("version", report.cid().version());
        fields.put(
                "multibase",
                inOrder("prefix", report.prefix(), "name", report.base().spelling()));
        fields.put("multicodec", inOrder("code", report.cid().codec(), "name", report.codecName()));
        Map<String, Object> multihash = inOrder("code", hash.code(), "name", report.hashName());
        multihash.putAll(inOrder("length", hash.digestLength(), "digest", report.digest()));
        fields.put("multihash", multihash);
        report.version0().ifPresent(text -> fields.put("cidV0", text));
        fields.put("cidV1", report.version1());
        return fields;
    }

    private static Map<String, Object> inOrder(String key, Object value, String otherKey, Object otherValue) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put(key, value);
        fields.put(otherKey, otherValue);
        return fields;
    }

    /** {@code cid bases}: the multibases there are. */
    @picocli.CommandLine.Command(footer = "s3ds cid bases --prefix")
    static final class Bases implements Action {
        private final TerminalSession session;

        @Option(names = "--prefix", description = "Also the character that texts begin with.")
        private boolean prefix;

        @Option(names = "--numeric", description = "Also its number.")
        private boolean numeric;

        Bases(TerminalSession session) {
            this.session = session;
        }

        @Override
        public void run() throws IOException {
            List<Name> names = Arrays.stream(Multibase.values())
                    .map(base -> new Name(base.prefix(), base.spelling(), columns(base) + base.spelling()))
                    .toList();
            print(session, names);
        }

        private String columns(Multibase base) {
            String character = base == Multibase.IDENTITY ? " " : Character.toString(base.prefix());
            String number = numeric ? "%7d".formatted(base.prefix()) : "";
            String both = prefix && numeric ? character + " " + number : prefix ? character : number;
            return both.isEmpty() ? "" : both + "  ";
        }
    }

    /** {@code cid codecs}: the multicodecs for blocks. */
    @picocli.CommandLine.Command(footer = "s3ds cid codecs --supported --numeric")
    static final class Codecs implements Action {
        private static final Set<String> SUPPORTED =
                Set.of("cbor", "raw", "dag-pb", "dag-cbor", "libp2p-key", "git-raw", "dag-jose", "dag-json", "json");

        private final TerminalSession session;

        @Option(
                names = {"--numeric", "-n"},
                description = "Also their numbers.")
        private boolean numeric;

        @Option(
                names = {"--supported", "-s"},
                description = "Only those that Kubo's commands can read or write.")
        private boolean supported;

        Codecs(TerminalSession session) {
            this.session = session;
        }

        @Override
        public void run() throws IOException {
            List<Name> names = Multicodec.tagged(Multicodec.IPLD).stream()
                    .filter(row -> !supported || SUPPORTED.contains(row.name()))
                    .map(row -> new Name(row.code(), row.name(), line(numeric, row.code(), row.name())))
                    .toList();
            print(session, names);
        }
    }

    /** {@code cid hashes}: the hashes that may name blocks. */
    @picocli.CommandLine.Command(footer = "s3ds cid hashes --numeric")
    static final class Hashes implements Action {
        /** Shorter digests are not accepted for blocks; identity has no length of its own. */
        private static final int SHORTEST = 20;

        private final TerminalSession session;

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

        Hashes(TerminalSession session) {
            this.session = session;
        }

        @Override
        public void run() throws IOException {
            List<Name> names = HashFunction.all().stream()
                    .filter(hash -> hash.equals(HashFunction.IDENTITY) || hash.defaultLength() >= SHORTEST)
                    .map(hash -> new Name(hash.code(), hash.name(), line(numeric, hash.code(), hash.name())))
                    .toList();
            print(session, names);
        }
    }

    /** One of a table, and the line that shows it. */
    private record Name(long code, String name, String line) {
        Map<String, Object> fields() {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("Code", code);
            fields.put("Name", name);
            return fields;
        }
    }

    private static void print(TerminalSession session, List<Name> names) throws UsageException {
        PrintStream out = session.terminal().out();
        if (session.json()) {
            out.println(Json.compact(names.stream().map(Name::fields).toList()));
        } else {
            names.forEach(name -> out.println(name.line));
        }
    }

    private static String line(boolean numeric, long code, String name) {
        return numeric ? "%5d  %s".formatted(code, name) : name;
    }
}
