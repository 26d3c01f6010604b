package org.s3ds.ipld.keys;

import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.s3ds.ipld.FormatException;

/**
 * Ed25519 keys in ASN.1 (RFC 8410). Apart from {@link Ed25519Scheme}, which every start of the program brings: what it
 * needs of Bouncy Castle lies in a signed jar, whose check takes a tenth of a second.
 */
final class Ed25519Der {
    static final ASN1ObjectIdentifier OID = new ASN1ObjectIdentifier("1.3.101.112");

    private Ed25519Der() {}

    static byte[] x509(byte[] publicKey) {
        return Der.bytes(new SubjectPublicKeyInfo(new AlgorithmIdentifier(OID), publicKey));
    }

    static PrivateKeyInfo pkcs8(byte[] seed) {
        return Pkcs8.of(new AlgorithmIdentifier(OID), new DEROctetString(seed));
    }

    static byte[] seed(PrivateKeyInfo info) throws FormatException {
        return Der.read(
                info.getPrivateKey().getOctets(),
                "Ed25519 key",
                value -> ASN1OctetString.getInstance(value).getOctets());
    }
}
