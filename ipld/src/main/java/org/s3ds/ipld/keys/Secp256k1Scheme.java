package org.s3ds.ipld.keys;

import java.math.BigInteger;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.s3ds.ipld.FormatException;

/** Secp256k1: a private key is its number in 32 bytes, a public one its point, compressed. */
final class Secp256k1Scheme extends EllipticScheme {
    static final ASN1ObjectIdentifier CURVE = SECObjectIdentifiers.secp256k1;

    private static final int BYTES = 32;

    @Override
    Secret secret(byte[] privateKey) throws FormatException {
        if (privateKey.length != BYTES) {
            throw new FormatException("expected secp256k1 data size to be " + BYTES);
        }
        try {
            return new Secret(CURVE, new BigInteger(1, privateKey));
        } catch (IllegalArgumentException e) {
            throw new FormatException("invalid secp256k1 key: it is not in the range of the curve", e);
        }
    }

    @Override
    Open open(byte[] publicKey) throws FormatException {
        try {
            Open open = new Open(CURVE, domain(CURVE).getCurve().decodePoint(publicKey));
            if (!open.point().isInfinity()) {
                return open;
            }
        } catch (RuntimeException e) { // Bouncy Castle has several kinds
            throw new FormatException("invalid secp256k1 public key: it is no point of the curve", e);
        }
        throw new FormatException("invalid secp256k1 public key: it is the point at infinity");
    }

    @Override
    byte[] bytes(Secret secret) {
        return secret.bytes();
    }

    @Override
    byte[] bytes(Open open) {
        return open.point().getEncoded(true);
    }

    @Override
    ASN1ObjectIdentifier usualCurve() {
        return CURVE;
    }
}
