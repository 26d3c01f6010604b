package org.s3ds.ipld.keys;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.s3ds.ipld.FormatException;

/**
 * Bytes between lines that say what they are, in base64.
 *
 * @param label what they are, such as {@code PRIVATE KEY}
 * @param base64 the bytes
 */
public record Pem(String label, String base64) {
    /** The label of a key in PKCS #8. */
    public static final String PRIVATE_KEY = "PRIVATE KEY";

    private static final Pattern BLOCK =
            Pattern.compile("(?:^|\\n)-----BEGIN ([A-Z0-9 ]+)-----[ \\t\\r]*\\n([A-Za-z0-9+/=\\s]*)-----END \\1-----");

    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

    /** These bytes. */
    public static Pem of(String label, byte[] bytes) {
        return new Pem(label, LINES.encodeToString(bytes));
    }

    /** The first block in a text; empty when it has none. */
    public static Optional<Pem> find(byte[] text) {
        Matcher block = BLOCK.matcher(new String(text, StandardCharsets.ISO_8859_1));
        return block.find() ? Optional.of(new Pem(block.group(1), block.group(2))) : Optional.empty();
    }

    /**
     * The bytes.
     *
     * @throws FormatException when they are not in base64
     */
    public byte[] bytes() throws FormatException {
        try {
            return Base64.getDecoder().decode(base64.replaceAll("\\s", ""));
        } catch (IllegalArgumentException e) {
            throw new FormatException("the PEM block is not in base64");
        }
    }

    /** The block with its lines, the last of which ends as well. */
    public String text() {
        return "-----BEGIN " + label + "-----\n" + base64 + "\n-----END " + label + "-----\n";
    }

    /** Without the bytes, which may be secret. */
    @Override
    public String toString() {
        return "PEM block of a " + label;
    }
}
