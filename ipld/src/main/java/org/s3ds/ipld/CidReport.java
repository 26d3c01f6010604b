package org.s3ds.ipld;

import java.util.Optional;

/**
 * What a CID is made of, for a reader.
 *
 * @param given the text that was asked about
 * @param cid the CID it spells
 * @param base the multibase it is spelt in; base58btc for version 0, which has no prefix
 */
public record CidReport(String given, Cid cid, Multibase base) {
    private static final String UNKNOWN = "unknown";

    /**
     * The report about a text.
     *
     * @throws FormatException when it spells no CID; says so too when it is a peer's name, and how that is written as a
     *     CID
     */
    public static CidReport of(String text) throws FormatException {
        try {
            Cid cid = Cid.parse(text);
            Multibase base = cid.version() == 0
                    ? Multibase.BASE58BTC
                    : Multibase.ofText(text).orElseThrow();
            return new CidReport(text, cid, base);
        } catch (FormatException e) {
            throw new FormatException("invalid CID: " + e.getMessage() + noteAboutPeer(text), e);
        }
    }

    /** Peers are often named by a bare multihash in base58btc, which begins with 1 or Qm. */
    private static String noteAboutPeer(String text) {
        if (!text.startsWith("1") && !text.startsWith("Qm")) {
            return "";
        }
        try {
            Multihash peer = Multihash.decode(Multibase.BASE58BTC.decodeBare(text));
            return "\nNote: the value is a PeerID; inspect its CID representation instead:\n  "
                    + Cid.v1(Multicodec.LIBP2P_KEY, peer).toString(Multibase.BASE36);
        } catch (FormatException e) {
            return "";
        }
    }

    /** The character that names the multibase; empty for version 0, which goes without. */
    public String prefix() {
        return cid.version() == 0 ? "" : Character.toString(base.prefix());
    }

    /** The codec's name, or {@code unknown}. */
    public String codecName() {
        return Multicodec.nameOf(cid.codec()).orElse(UNKNOWN);
    }

    /** The hash's name, or {@code unknown}. */
    public String hashName() {
        return Multicodec.nameOf(cid.hash().code()).orElse(UNKNOWN);
    }

    /** The digest in lower case hexadecimal. */
    public String digest() {
        return Multibase.BASE16.encodeBare(cid.hash().digest());
    }

    /** The same as version 0; empty when only version 1 can say it. */
    public Optional<String> version0() {
        return cid.fitsV0() ? Optional.of(Cid.v0(cid.hash()).toString()) : Optional.empty();
    }

    /** The same as version 1: keys in base36, all else in base32. */
    public String version1() {
        return cid.toV1().toString(cid.codec() == Multicodec.LIBP2P_KEY ? Multibase.BASE36 : Multibase.BASE32);
    }

    private String whyNotVersion0() {
        if (cid.codec() != Multicodec.DAG_PB) {
            return "not possible, requires dag-pb (0x70), got %s (0x%x)".formatted(codecName(), cid.codec());
        }
        if (cid.hash().code() != HashFunction.SHA2_256.code()) {
            return "not possible, requires sha2-256 (0x12), got %s (0x%x)"
                    .formatted(hashName(), cid.hash().code());
        }
        return "not possible, requires 32-byte digest, got " + cid.hash().digestLength();
    }

    /** The report in lines, as {@code cid inspect} prints it; without a line break at the end. */
    public String text() {
        boolean implicit = cid.version() == 0;
        String mark = implicit ? ", implicit" : "";
        return """
                CID:        %s
                Version:    %d
                Multibase:  %s (%s)
                Multicodec: %s (0x%x%s)
                Multihash:  %s (0x%x%s)
                  Length:   %d bytes
                  Digest:   %s
                CIDv0:      %s
                CIDv1:      %s""".formatted(
                        given,
                        cid.version(),
                        base.spelling(),
                        implicit ? "implicit" : prefix(),
                        codecName(),
                        cid.codec(),
                        mark,
                        hashName(),
                        cid.hash().code(),
                        mark,
                        cid.hash().digestLength(),
                        digest(),
                        version0().orElseGet(this::whyNotVersion0),
                        version1());
    }
}
