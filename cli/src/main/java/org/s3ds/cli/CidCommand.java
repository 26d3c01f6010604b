package org.s3ds.cli;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.s3ds.ipld.CidReport;
import org.s3ds.ipld.FormatException;
import org.s3ds.ipld.Multihash;
import org.s3ds.rpc.Reply;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cid format}, {@code base32} and {@code inspect}: what CIDs are made of, and their other spellings. */
final class CidCommand {
    private CidCommand() {}

    /** What converts CIDs. As with Kubo, it prints text whatever {@code --encoding} says. */
    abstract static class Converting implements Operation.OfNode {
        @OrInput
        @Parameters(
                paramLabel = "<cid>...",
                arity = "0..*",
                description = "CIDs; from standard input when none is given.")
        private List<String> cids = List.of();

        abstract CidConversion conversion() throws IOException;

        @Override
        public final void perform(Reply reply) throws IOException {
            conversion().convert(cids, reply);
        }

        @Override
        public final boolean textAlone() {
            return true;
        }

        @Override
        public final Display display(Terminal terminal) {
            return new ConvertedCids(terminal);
        }
    }

    /** {@code cid format}: CIDs in another form. */
    @Command(
            description = {
                "A format string holds placeholders; a capital letter leaves out the multibase prefix:",
                "  %% a percent sign       %b %B name and prefix of the multibase",
                "  %v %V the version       %c %C name and number of the codec",
                "  %L bytes of the digest  %h %H name and number of the hash",
                "  %s %S the CID           %m %M the multihash           %d %D the digest",
                "  %P the prefix: version, codec, hash, bytes of the digest"
            },
            footer = "s3ds cid format -v 1 -b base36 Qmf412jQZiuVUtdgnB36FXFX7xg5V6KEbSJ4dpQuhkLyfD")
    static final class Format extends Converting {
        @Option(names = "-f", paramLabel = "<format>", description = "A format string, see below.")
        private String format = "%s";

        @Option(names = "-v", paramLabel = "<version>", description = "Convert to this version, 0 or 1.")
        private String version = "";

        @Option(names = "--mc", paramLabel = "<codec>", description = "Convert to this multicodec.")
        private String codec = "";

        @Option(names = "-b", paramLabel = "<base>", description = "Print in this multibase.")
        private String base = "";

        @Override
        CidConversion conversion() throws IOException {
            return CidConversion.of(format, version, codec, base);
        }
    }

    /** {@code cid base32}: CIDs in their usual form. */
    @Command(footer = "s3ds cid base32 Qmf412jQZiuVUtdgnB36FXFX7xg5V6KEbSJ4dpQuhkLyfD")
    static final class Base32 extends Converting {
        @Override
        CidConversion conversion() throws IOException {
            return CidConversion.of("%s", "1", "", "base32");
        }
    }

    /** {@code cid inspect}: the parts of a CID. */
    @Command(footer = "s3ds cid inspect Qmf412jQZiuVUtdgnB36FXFX7xg5V6KEbSJ4dpQuhkLyfD")
    static final class Inspect implements Operation.OfNode {
        @OrInput
        @Parameters(
                paramLabel = "<cid>",
                arity = "0..1",
                description = "The CID; from standard input when none is given.")
        private String cid = "";

        @Override
        public void perform(Reply reply) throws IOException {
            String text = cid.strip();
            try {
                reply.only(fields(CidReport.of(text)));
            } catch (FormatException e) {
                reply.only(fields(text, e));
            }
        }

        @Override
        public Display display(Terminal terminal) {
            return Display.lines(terminal, fields -> {
                if (fields.get("errorMsg") instanceof String problem) {
                    throw new IOException(problem);
                }
                return CidReport.of(String.valueOf(fields.get("cid"))).text();
            });
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

    /** What Kubo says of a text that is no CID: the same, empty, and why. */
    private static Map<String, Object> fields(String text, FormatException problem) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("cid", text);
        fields.put("version", 0);
        fields.put("multibase", inOrder("prefix", "", "name", ""));
        fields.put("multicodec", inOrder("code", 0, "name", ""));
        Map<String, Object> multihash = inOrder("code", 0, "name", "");
        multihash.putAll(inOrder("length", 0, "digest", ""));
        fields.put("multihash", multihash);
        fields.put("cidV1", "");
        fields.put("errorMsg", String.valueOf(problem.getMessage()));
        return fields;
    }

    private static Map<String, Object> inOrder(String key, Object value, String otherKey, Object otherValue) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put(key, value);
        fields.put(otherKey, otherValue);
        return fields;
    }
}
