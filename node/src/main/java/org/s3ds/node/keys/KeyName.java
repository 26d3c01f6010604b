package org.s3ds.node.keys;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.s3ds.ipld.FormatException;
import org.s3ds.ipld.Multibase;

/** How the file of a key is called: {@code key_} and the key's name in base32, lower case. */
final class KeyName {
    private static final String PREFIX = "key_";
    private static final int LONGEST_FILE_NAME = 255;

    private KeyName() {}

    /**
     * The name of the file.
     *
     * @throws KeyException when no file can be called so
     */
    static String file(String key) throws KeyException {
        if (key.isEmpty()) {
            throw new KeyException("key name must be at least one character");
        }
        byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
        String file = PREFIX + Multibase.BASE32.encodeBare(bytes);
        if (file.length() > LONGEST_FILE_NAME) {
            int most = (LONGEST_FILE_NAME - PREFIX.length()) * 5 / 8;
            throw new KeyException("the name of the key is too long: it has %d bytes, and at most %d make a file's name"
                    .formatted(bytes.length, most));
        }
        return file;
    }

    /** The name of the key; empty when the file is not a key's, or has a name that is no text. */
    static Optional<String> key(String file) {
        if (!file.startsWith(PREFIX)) {
            return Optional.empty();
        }
        try {
            byte[] bytes = Multibase.BASE32.decodeBare(file.substring(PREFIX.length()));
            String key = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return file.equals(PREFIX + Multibase.BASE32.encodeBare(bytes)) && !key.isEmpty()
                    ? Optional.of(key)
                    : Optional.empty();
        } catch (FormatException | CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /**
     * Refuses a name for a new key that could not be part of a path. Keys that Kubo made may have one, and are used as
     * any other.
     */
    static void requireFit(String key) throws KeyException {
        if (key.contains("/")) {
            throw new KeyException(
                    "\"%s\" cannot be the name of a key: it has a slash, and so could not be part of a path such as"
                                    .formatted(key)
                            + " /ipns/<name>; give a name without one");
        }
        if (key.equals(".") || key.equals("..")) {
            throw new KeyException(
                    "\"%s\" cannot be the name of a key: in a path such as /ipns/<name> it means a folder; give another"
                            .formatted(key));
        }
        file(key);
    }
}
