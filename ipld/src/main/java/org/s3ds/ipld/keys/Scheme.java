package org.s3ds.ipld.keys;

import java.security.SecureRandom;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.s3ds.ipld.FormatException;

/**
 * What can be done with the keys of one kind. Keys go in and out as the bytes that libp2p has for them, in their one
 * spelling. A failure never tells any of a private key.
 */
sealed interface Scheme permits Ed25519Scheme, RsaScheme, EllipticScheme {
    /**
     * A fresh private key.
     *
     * @param bits how many, where that can be chosen
     */
    byte[] generate(int bits, SecureRandom random);

    /** A private key in its one spelling. */
    byte[] privateKey(byte[] given) throws FormatException;

    /** A public key in its one spelling. */
    byte[] publicKey(byte[] given) throws FormatException;

    /** The public key of a private one. */
    byte[] publicOf(byte[] privateKey) throws FormatException;

    /** A signature. */
    byte[] sign(byte[] privateKey, byte[] message);

    /** Whether a signature is that of a message; one that is none is not. */
    boolean verify(byte[] publicKey, byte[] message, byte[] signature);

    /** A private key in PKCS #8, as Go writes it. */
    PrivateKeyInfo toPkcs8(byte[] privateKey);

    /** The private key in a PKCS #8 one of this kind. */
    byte[] ofPkcs8(PrivateKeyInfo info) throws FormatException;
}
