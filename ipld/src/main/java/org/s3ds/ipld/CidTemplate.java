package org.s3ds.ipld;

/**
 * A text with placeholders for the parts of a CID, as {@code cid format -f} takes it.
 *
 * <table>
 * <caption>Placeholders; a small letter keeps the multibase prefix, a capital leaves it out</caption>
 * <tr><td>{@code %%}<td>a percent sign
 * <tr><td>{@code %b %B}<td>name and prefix of the multibase
 * <tr><td>{@code %v %V}<td>version as {@code cidv1}, and its number
 * <tr><td>{@code %c %C}<td>name and number of the codec
 * <tr><td>{@code %h %H}<td>name and number of the hash
 * <tr><td>{@code %L}<td>bytes of the digest
 * <tr><td>{@code %m %M}<td>the multihash
 * <tr><td>{@code %d %D}<td>the digest
 * <tr><td>{@code %s %S}<td>the CID
 * <tr><td>{@code %P}<td>version, codec, hash and length, as {@code cidv1-raw-sha2-256-32}
 * </table>
 */
public final class CidTemplate {
    /** The CID itself. */
    public static final CidTemplate CID = new CidTemplate("%s");

    private static final String PLACEHOLDERS = "%bBvVcChHLmMdDsSP";

    private final String text;

    private CidTemplate(String text) {
        this.text = text;
    }

    /**
     * Reads a template.
     *
     * @throws FormatException when it has no placeholder, an unknown one, or ends in a percent sign
     */
    public static CidTemplate parse(String text) throws FormatException {
        if (text.indexOf('%') < 0) {
            throw new FormatException("invalid format string: \"" + text + "\"");
        }
        for (int at = text.indexOf('%'); at >= 0; at = text.indexOf('%', at + 2)) {
            if (at + 1 == text.length()) {
                throw new FormatException("premature end of format string");
            }
            if (PLACEHOLDERS.indexOf(text.charAt(at + 1)) < 0) {
                throw new FormatException("unrecognized specifier in format string: " + text.substring(at, at + 2));
            }
        }
        return new CidTemplate(text);
    }

    /**
     * The text with the parts of a CID in place.
     *
     * @param base how the parts that are bytes are written; base58btc where the CID has version 0
     */
    public String fill(Cid cid, Multibase base) {
        StringBuilder filled = new StringBuilder();
        int from = 0;
        for (int at = text.indexOf('%'); at >= 0; at = text.indexOf('%', from)) {
            filled.append(text, from, at).append(part(text.charAt(at + 1), cid, base));
            from = at + 2;
        }
        return filled.append(text, from, text.length()).toString();
    }

    private static String part(char placeholder, Cid cid, Multibase base) {
        Multihash hash = cid.hash();
        return switch (placeholder) {
            case '%' -> "%";
            case 'b' -> base.spelling();
            case 'B' -> Character.toString(base.prefix());
            case 'v' -> "cidv" + cid.version();
            case 'V' -> String.valueOf(cid.version());
            case 'c' -> codec(cid);
            case 'C' -> String.valueOf(cid.codec());
            case 'h' -> hash(cid);
            case 'H' -> String.valueOf(hash.code());
            case 'L' -> String.valueOf(hash.digestLength());
            case 'm' -> base.encode(hash.toBytes());
            case 'M' -> base.encodeBare(hash.toBytes());
            case 'd' -> base.encode(hash.digest());
            case 'D' -> base.encodeBare(hash.digest());
            case 's' -> cid.toString(base);
            case 'S' -> base.encodeBare(cid.toBytes());
            case 'P' -> "cidv%d-%s-%s-%d".formatted(cid.version(), codec(cid), hash(cid), hash.digestLength());
            default -> throw new IllegalStateException("%" + placeholder + " was checked when the template was read");
        };
    }

    private static String codec(Cid cid) {
        return Multicodec.nameOf(cid.codec()).orElse("codec?" + cid.codec());
    }

    private static String hash(Cid cid) {
        return Multicodec.nameOf(cid.hash().code()).orElse("hash?" + cid.hash().code());
    }

    /** The template. */
    @Override
    public String toString() {
        return text;
    }
}
