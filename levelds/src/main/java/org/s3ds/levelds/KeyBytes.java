package org.s3ds.levelds;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Key;

/** Keys as LevelDB has them: their text in UTF-8, nothing else. Sorted by bytes, which is {@link Key#BYTE_ORDER}. */
final class KeyBytes {
    private KeyBytes() {}

    static byte[] of(Key key) throws DatastoreException {
        return of(key.toString());
    }

    /** Below a key everything begins with these bytes. */
    static byte[] firstBelow(Key key) throws DatastoreException {
        return of(key.isRoot() ? "/" : key + "/");
    }

    /** After everything below a key: {@code 0} follows the slash. */
    static byte[] endBelow(Key key) throws DatastoreException {
        return of(key.isRoot() ? "0" : key + "0");
    }

    private static byte[] of(String text) throws DatastoreException {
        try {
            ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            byte[] exact = new byte[bytes.remaining()];
            bytes.get(exact);
            return exact;
        } catch (CharacterCodingException e) {
            throw new DatastoreException("key " + text + " is not Unicode text: it has half a surrogate pair", e);
        }
    }

    static Key toKey(byte[] bytes) throws DatastoreException {
        try {
            return Key.raw(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException | IllegalArgumentException e) {
            String hex = HexFormat.of().formatHex(bytes);
            throw new DatastoreException("the LevelDB key with the bytes " + hex + " is not a datastore key", e);
        }
    }
}
