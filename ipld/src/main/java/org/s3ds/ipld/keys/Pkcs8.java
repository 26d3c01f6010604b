package org.s3ds.ipld.keys;

import java.io.IOException;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.s3ds.ipld.FormatException;

/** Private keys in PKCS #8, which say their kind. */
final class Pkcs8 {
    private Pkcs8() {}

    static <T> T decode(byte[] der, KeyMessage.Reader<T> keys) throws FormatException {
        return Der.read(der, "PKCS #8 key", value -> {
            PrivateKeyInfo info = PrivateKeyInfo.getInstance(value);
            KeyType type = type(info.getPrivateKeyAlgorithm());
            return keys.read(type, type.scheme().ofPkcs8(info));
        });
    }

    /** A key of some kind, in DER. */
    static PrivateKeyInfo of(AlgorithmIdentifier algorithm, ASN1Encodable key) {
        try {
            return new PrivateKeyInfo(algorithm, key);
        } catch (IOException e) {
            throw new IllegalStateException("it is written to memory", e);
        }
    }

    /** The bytes of a key in DER; here, so that {@link PrivateKey} is loaded without Bouncy Castle. */
    static byte[] bytes(PrivateKeyInfo info) {
        return Der.bytes(info);
    }

    private static KeyType type(AlgorithmIdentifier algorithm) throws FormatException {
        ASN1ObjectIdentifier kind = algorithm.getAlgorithm();
        if (kind.equals(Ed25519Der.OID)) {
            return KeyType.ED25519;
        }
        if (kind.equals(PKCSObjectIdentifiers.rsaEncryption)) {
            return KeyType.RSA;
        }
        if (kind.equals(X9ObjectIdentifiers.id_ecPublicKey)) {
            return SECObjectIdentifiers.secp256k1.equals(algorithm.getParameters()) ? KeyType.SECP256K1 : KeyType.ECDSA;
        }
        throw new FormatException(
                "invalid PKCS #8 key: keys of kind " + kind + " are not known, only RSA, Ed25519, Secp256k1 and ECDSA");
    }
}
