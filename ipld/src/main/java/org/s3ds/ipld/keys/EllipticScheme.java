package org.s3ds.ipld.keys;

import java.io.IOException;
import java.math.BigInteger;
import java.security.SecureRandom;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.crypto.signers.StandardDSAEncoding;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.bouncycastle.util.BigIntegers;
import org.s3ds.ipld.FormatException;

/** ECDSA over SHA-256. What differs is the curves, and how libp2p writes the keys. */
abstract sealed class EllipticScheme implements Scheme permits Secp256k1Scheme, EcdsaScheme {
    /** A private key: a number, on a curve. */
    record Secret(ASN1ObjectIdentifier curve, BigInteger number) {
        Secret {
            ECNamedDomainParameters domain = domain(curve);
            if (number.signum() <= 0 || number.compareTo(domain.getN()) >= 0) {
                throw new IllegalArgumentException("a private key is from 1 to the order of its curve");
            }
        }

        ECPoint point() {
            ECNamedDomainParameters domain = domain(curve);
            return new FixedPointCombMultiplier()
                    .multiply(domain.getG(), number)
                    .normalize();
        }

        /** The number in as many bytes as the curve's order has. */
        byte[] bytes() {
            return BigIntegers.asUnsignedByteArray((domain(curve).getN().bitLength() + 7) / 8, number);
        }

        /** In the form of RFC 5915, with the public key. */
        ECPrivateKey rfc5915(boolean withCurve) {
            DERBitString point = new DERBitString(point().getEncoded(false));
            int bits = domain(curve).getN().bitLength();
            return withCurve
                    ? new ECPrivateKey(bits, number, point, curve)
                    : new ECPrivateKey(bits, number, point, null);
        }
    }

    /** A public key: a point on a curve. */
    record Open(ASN1ObjectIdentifier curve, ECPoint point) {}

    /** The private key that libp2p's bytes are. */
    abstract Secret secret(byte[] privateKey) throws FormatException;

    /** The public key that libp2p's bytes are. */
    abstract Open open(byte[] publicKey) throws FormatException;

    /** What libp2p writes of a private key. */
    abstract byte[] bytes(Secret secret);

    /** What libp2p writes of a public key. */
    abstract byte[] bytes(Open open);

    /** The curve of fresh keys. */
    abstract ASN1ObjectIdentifier usualCurve();

    static ECNamedDomainParameters domain(ASN1ObjectIdentifier curve) {
        return new ECNamedDomainParameters(curve, CustomNamedCurves.getByOID(curve));
    }

    @Override
    public final byte[] generate(int bits, SecureRandom random) {
        BigInteger most = domain(usualCurve()).getN().subtract(BigInteger.ONE);
        return bytes(new Secret(usualCurve(), BigIntegers.createRandomInRange(BigInteger.ONE, most, random)));
    }

    @Override
    public final byte[] privateKey(byte[] given) throws FormatException {
        return bytes(secret(given));
    }

    @Override
    public final byte[] publicKey(byte[] given) throws FormatException {
        return bytes(open(given));
    }

    @Override
    public final byte[] publicOf(byte[] privateKey) throws FormatException {
        Secret secret = secret(privateKey);
        return bytes(new Open(secret.curve, secret.point()));
    }

    /** The nonce is RFC 6979's, and the second number the lower one of the two that would do. */
    @Override
    public final byte[] sign(byte[] privateKey, byte[] message) {
        Secret secret = checked(() -> secret(privateKey));
        ECNamedDomainParameters domain = domain(secret.curve);
        ECDSASigner signer = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
        signer.init(true, new ECPrivateKeyParameters(secret.number, domain));
        BigInteger[] pair = signer.generateSignature(sha256(message));
        BigInteger other = domain.getN().subtract(pair[1]);
        try {
            return StandardDSAEncoding.INSTANCE.encode(domain.getN(), pair[0], pair[1].min(other));
        } catch (IOException e) {
            throw new IllegalStateException("it is written to memory", e);
        }
    }

    @Override
    public final boolean verify(byte[] publicKey, byte[] message, byte[] signature) {
        Open open = checked(() -> open(publicKey));
        ECNamedDomainParameters domain = domain(open.curve);
        try {
            BigInteger[] pair = StandardDSAEncoding.INSTANCE.decode(domain.getN(), signature);
            ECDSASigner signer = new ECDSASigner();
            signer.init(false, new ECPublicKeyParameters(open.point, domain));
            return signer.verifySignature(sha256(message), pair[0], pair[1]);
        } catch (IOException | RuntimeException e) { // Bouncy Castle has many kinds for what is no signature
            return false;
        }
    }

    private static byte[] sha256(byte[] message) {
        SHA256Digest digest = new SHA256Digest();
        digest.update(message, 0, message.length);
        byte[] hash = new byte[digest.getDigestSize()];
        digest.doFinal(hash, 0);
        return hash;
    }

    private interface Reading<T> {
        T get() throws FormatException;
    }

    private static <T> T checked(Reading<T> reading) {
        try {
            return reading.get();
        } catch (FormatException e) {
            throw new IllegalStateException("checked when it was made", e);
        }
    }

    @Override
    public final PrivateKeyInfo toPkcs8(byte[] privateKey) {
        Secret secret = checked(() -> secret(privateKey));
        AlgorithmIdentifier algorithm = new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, secret.curve);
        return Pkcs8.of(algorithm, secret.rfc5915(false));
    }

    @Override
    public final byte[] ofPkcs8(PrivateKeyInfo info) throws FormatException {
        ASN1ObjectIdentifier curve = curve(
                ASN1ObjectIdentifier.getInstance(info.getPrivateKeyAlgorithm().getParameters()));
        return Der.read(
                info.getPrivateKey().getOctets(),
                "EC key",
                value -> bytes(new Secret(curve, ECPrivateKey.getInstance(value).getKey())));
    }

    /** A curve that Kubo knows as well. */
    static ASN1ObjectIdentifier curve(ASN1ObjectIdentifier curve) throws FormatException {
        if (!EcdsaScheme.CURVES.contains(curve) && !curve.equals(Secp256k1Scheme.CURVE)) {
            throw new FormatException("invalid EC key: its curve " + curve + " is not known");
        }
        return curve;
    }
}
