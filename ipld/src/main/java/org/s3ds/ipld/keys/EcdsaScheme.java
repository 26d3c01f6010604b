package org.s3ds.ipld.keys;

import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.s3ds.ipld.FormatException;

/** ECDSA on the curves of NIST: a private key is RFC 5915 with its curve, a public one X.509. */
final class EcdsaScheme extends EllipticScheme {
    static final List<ASN1ObjectIdentifier> CURVES = List.of(
            SECObjectIdentifiers.secp224r1,
            SECObjectIdentifiers.secp256r1,
            SECObjectIdentifiers.secp384r1,
            SECObjectIdentifiers.secp521r1);

    @Override
    Secret secret(byte[] privateKey) throws FormatException {
        return Der.read(privateKey, "ECDSA key", value -> {
            ECPrivateKey key = ECPrivateKey.getInstance(value);
            return new Secret(curve(ASN1ObjectIdentifier.getInstance(key.getParametersObject())), key.getKey());
        });
    }

    @Override
    Open open(byte[] publicKey) throws FormatException {
        return Der.read(publicKey, "ECDSA public key", value -> {
            SubjectPublicKeyInfo info = SubjectPublicKeyInfo.getInstance(value);
            if (!info.getAlgorithm().getAlgorithm().equals(X9ObjectIdentifiers.id_ecPublicKey)) {
                throw new FormatException("not an ecdsa public key");
            }
            ASN1ObjectIdentifier curve =
                    curve(ASN1ObjectIdentifier.getInstance(info.getAlgorithm().getParameters()));
            return new Open(
                    curve,
                    domain(curve)
                            .validatePublicPoint(domain(curve)
                                    .getCurve()
                                    .decodePoint(info.getPublicKeyData().getOctets())));
        });
    }

    @Override
    byte[] bytes(Secret secret) {
        return Der.bytes(secret.rfc5915(true));
    }

    @Override
    byte[] bytes(Open open) {
        AlgorithmIdentifier algorithm = new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, open.curve());
        return Der.bytes(new SubjectPublicKeyInfo(algorithm, open.point().getEncoded(false)));
    }

    @Override
    ASN1ObjectIdentifier usualCurve() {
        return SECObjectIdentifiers.secp256r1;
    }
}
