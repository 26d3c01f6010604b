package org.s3ds.cli;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.CidTemplate;
import org.s3ds.ipld.FormatException;
import org.s3ds.ipld.Multibase;
import org.s3ds.ipld.Multicodec;
import org.s3ds.rpc.Reply;

/**
 * How CIDs are converted before they are printed.
 *
 * @param template what is printed of each
 * @param version the version to convert to; empty to keep it
 * @param codec the codec to convert to; empty to keep it
 * @param base the multibase to print in; empty to keep it
 */
record CidConversion(CidTemplate template, OptionalInt version, OptionalLong codec, Optional<Multibase> base) {
    /** Reads the options of {@code cid format}, with Kubo's sentences for those that do not go together. */
    static CidConversion of(String format, String version, String codec, String base) throws IOException {
        CidTemplate template = CidTemplate.parse(format);
        OptionalLong newCodec = codec(codec);
        OptionalInt newVersion = version(version, base);
        boolean version0 = newVersion.equals(OptionalInt.of(0));
        if (version0 && newCodec.orElse(Multicodec.DAG_PB) != Multicodec.DAG_PB) {
            throw new IOException("cannot convert to CIDv0 with any codec other than dag-pb");
        }
        if (version0 && !base.isEmpty() && !base.equals(Multibase.BASE58BTC.spelling())) {
            throw new IOException("cannot convert to CIDv0 with any multibase other than the implicit base58btc");
        }
        return new CidConversion(template, newVersion, newCodec, base(base));
    }

    private static OptionalLong codec(String name) throws IOException {
        if (name.isEmpty()) {
            return OptionalLong.empty();
        }
        OptionalLong code = Multicodec.codeOf(name);
        if (code.isEmpty()) {
            throw new IOException("unknown multicodec: \"" + name + "\"");
        }
        return code;
    }

    /** A base alone asks for version 1, since version 0 has no choice of bases. */
    private static OptionalInt version(String version, String base) throws IOException {
        return switch (version) {
            case "" -> base.isEmpty() ? OptionalInt.empty() : OptionalInt.of(1);
            case "0" -> OptionalInt.of(0);
            case "1" -> OptionalInt.of(1);
            default -> throw new IOException("invalid cid version: \"" + version + "\"");
        };
    }

    private static Optional<Multibase> base(String name) throws IOException {
        Optional<Multibase> base = Multibase.byName(name);
        if (base.isEmpty() && !name.isEmpty()) {
            throw new IOException("unsupported multibase encoding: " + name);
        }
        return base;
    }

    /** Gives each of the texts converted, or what is wrong with it. */
    void convert(List<String> texts, Reply reply) throws IOException {
        for (String text : texts) {
            String cid = text.strip();
            try {
                reply.value(fields(cid, convert(cid), ""));
            } catch (FormatException e) {
                reply.value(fields(cid, "", String.valueOf(e.getMessage())));
            }
        }
    }

    private static Map<String, Object> fields(String cid, String formatted, String problem) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("CidStr", cid);
        fields.put("Formatted", formatted);
        fields.put("ErrorMsg", problem);
        return fields;
    }

    /** What is printed of a CID. */
    String convert(String text) throws FormatException {
        Cid cid = withVersion(withCodec(Cid.parse(text)));
        Multibase spelling = cid.version() == 0
                ? Multibase.BASE58BTC
                : base.or(() -> ofText(text)).orElse(Multibase.BASE58BTC);
        return template.fill(cid, spelling);
    }

    /** The base a text is in; empty for a version 0, which has no prefix. */
    private static Optional<Multibase> ofText(String text) {
        return text.startsWith("Qm") ? Optional.empty() : Multibase.ofText(text);
    }

    private Cid withCodec(Cid cid) {
        long wanted = codec.orElse(cid.codec());
        return wanted == cid.codec() ? cid : Cid.v1(wanted, cid.hash());
    }

    private Cid withVersion(Cid cid) throws FormatException {
        if (version.orElse(cid.version()) == 1) {
            return version.isEmpty() ? cid : cid.toV1();
        }
        if (cid.codec() != Multicodec.DAG_PB) {
            throw new FormatException("can't convert non-dag-pb nodes to cidv0");
        }
        if (!cid.fitsV0()) {
            throw new FormatException("can't convert to cidv0: it has a sha2-256 digest of 32 bytes only");
        }
        return Cid.v0(cid.hash());
    }
}
