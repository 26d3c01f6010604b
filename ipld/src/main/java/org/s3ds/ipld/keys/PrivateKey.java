package org.s3ds.ipld.keys;

import java.security.SecureRandom;
import org.s3ds.ipld.FormatException;

/** A private key of libp2p, with its public one. Neither its text nor any failure tells anything of it. */
public final class PrivateKey {
    /** How many bits an RSA key has unless it is said. */
    public static final int RSA_BITS = 2048;

    private final KeyType type;
    private final byte[] data;
    private final PublicKey publicKey;

    private PrivateKey(KeyType type, byte[] data) throws FormatException {
        Scheme scheme = type.scheme();
        this.type = type;
        this.data = scheme.privateKey(data);
        this.publicKey = PublicKey.of(type, scheme.publicOf(this.data));
    }

    /**
     * A fresh key.
     *
     * @param bits of an RSA key, 2048 to 8192; other kinds have no choice
     * @throws FormatException when an RSA key must not have so few or so many
     */
    public static PrivateKey generate(KeyType type, int bits, SecureRandom random) throws FormatException {
        if (type == KeyType.RSA) {
            RsaScheme.requireBits(bits);
        }
        return new PrivateKey(type, type.scheme().generate(bits, random));
    }

    /**
     * The key in a message {@code PrivateKey} of libp2p.
     *
     * @throws FormatException when there is none, or its two halves do not belong together
     */
    public static PrivateKey decode(byte[] message) throws FormatException {
        return KeyMessage.decode(message, "private key", PrivateKey::new);
    }

    /**
     * The key in PKCS #8, as OpenSSL and others write it (DER).
     *
     * @throws FormatException when there is none
     */
    public static PrivateKey ofPkcs8(byte[] der) throws FormatException {
        return Pkcs8.decode(der, PrivateKey::new);
    }

    /** Its kind. */
    public KeyType type() {
        return type;
    }

    /** The key that others check its signatures with. */
    public PublicKey publicKey() {
        return publicKey;
    }

    /** The id of whoever has it. */
    public PeerId peerId() {
        return publicKey.peerId();
    }

    /** The message {@code PrivateKey} of libp2p: a secret. */
    public byte[] encode() {
        return KeyMessage.encode(type, data);
    }

    /** The key in PKCS #8 (DER): a secret. */
    public byte[] toPkcs8() {
        return Pkcs8.bytes(type.scheme().toPkcs8(data));
    }

    /** The signature of a message. */
    public byte[] sign(byte[] message) {
        return type.scheme().sign(data, message);
    }

    @Override
    public String toString() {
        return "private key of " + peerId();
    }
}
