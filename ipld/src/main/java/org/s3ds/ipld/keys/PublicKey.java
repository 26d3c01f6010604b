package org.s3ds.ipld.keys;

import java.util.Arrays;
import org.s3ds.ipld.FormatException;

/** A public key of libp2p. Two are equal when they are the same key, however it was spelt. */
public final class PublicKey {
    private final KeyType type;
    private final byte[] data;

    private PublicKey(KeyType type, byte[] data) {
        this.type = type;
        this.data = data;
    }

    /** The key with these bytes, in any spelling. */
    static PublicKey of(KeyType type, byte[] data) throws FormatException {
        return new PublicKey(type, type.scheme().publicKey(data));
    }

    /**
     * The key in a message {@code PublicKey} of libp2p.
     *
     * @throws FormatException when there is none
     */
    public static PublicKey decode(byte[] message) throws FormatException {
        return KeyMessage.decode(message, "public key", PublicKey::of);
    }

    /** Its kind. */
    public KeyType type() {
        return type;
    }

    /** The message {@code PublicKey} of libp2p. */
    public byte[] encode() {
        return KeyMessage.encode(type, data);
    }

    /** The id of whoever has the private key. */
    public PeerId peerId() {
        return PeerId.of(this);
    }

    /** Whether a signature of this key is that of a message. */
    public boolean verify(byte[] message, byte[] signature) {
        return type.scheme().verify(data, message, signature);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PublicKey key && type == key.type && Arrays.equals(data, key.data);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(data);
    }

    @Override
    public String toString() {
        return "public key of " + peerId();
    }
}
