package org.s3ds.ipld.keys;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.s3ds.ipld.FormatException;

/** RSA: a private key is PKCS #1, a public one X.509; SHA-256 with PKCS #1 1.5 signs. */
final class RsaScheme implements Scheme {
    private static final JdkSignature SIGNATURE = new JdkSignature("RSA", "SHA256withRSA");
    private static final int LEAST_BITS = 2048;
    private static final int MOST_BITS = 8192;

    static void requireBits(int bits) throws FormatException {
        if (bits < LEAST_BITS) {
            throw new FormatException("rsa keys must be >= " + LEAST_BITS + " bits to be useful");
        }
        if (bits > MOST_BITS) {
            throw new FormatException("rsa keys must be <= " + MOST_BITS + " bits");
        }
    }

    @Override
    public byte[] generate(int bits, SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(bits, random);
            byte[] pkcs8 = generator.generateKeyPair().getPrivate().getEncoded();
            return PrivateKeyInfo.getInstance(pkcs8).getPrivateKey().getOctets();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has RSA", e);
        }
    }

    @Override
    public byte[] privateKey(byte[] given) throws FormatException {
        RSAPrivateKey key = pkcs1(given);
        requirePublic(key.getModulus(), key.getPublicExponent());
        if (!belongsTogether(key)) {
            throw new FormatException("invalid RSA key: its numbers do not belong together");
        }
        return given.clone();
    }

    private static RSAPrivateKey pkcs1(byte[] key) throws FormatException {
        return Der.read(key, "RSA key", RSAPrivateKey::getInstance);
    }

    /** What a signature relies on; the primes themselves are taken for primes, as they are of our own making. */
    private static boolean belongsTogether(RSAPrivateKey key) {
        BigInteger p = key.getPrime1();
        BigInteger q = key.getPrime2();
        BigInteger d = key.getPrivateExponent();
        return key.getVersion().signum() == 0
                && p.compareTo(BigInteger.ONE) > 0
                && q.compareTo(BigInteger.ONE) > 0
                && p.multiply(q).equals(key.getModulus())
                && isInverse(d, key.getPublicExponent(), p)
                && isInverse(d, key.getPublicExponent(), q)
                && d.mod(p.subtract(BigInteger.ONE)).equals(key.getExponent1())
                && d.mod(q.subtract(BigInteger.ONE)).equals(key.getExponent2())
                && key.getCoefficient().multiply(q).mod(p).equals(BigInteger.ONE);
    }

    private static boolean isInverse(BigInteger d, BigInteger e, BigInteger prime) {
        return d.multiply(e).mod(prime.subtract(BigInteger.ONE)).equals(BigInteger.ONE);
    }

    /** An exponent as long as the modulus would make a signature dear to check. */
    private static void requirePublic(BigInteger modulus, BigInteger exponent) throws FormatException {
        if (modulus.signum() <= 0 || !modulus.testBit(0)) {
            throw new FormatException("invalid RSA key: its modulus is not a positive odd number");
        }
        requireBits(modulus.bitLength());
        if (exponent.compareTo(BigInteger.TWO) < 0 || exponent.bitLength() > 31) {
            throw new FormatException("invalid RSA key: its public exponent is not from 2 to 2^31-1");
        }
    }

    @Override
    public byte[] publicKey(byte[] given) throws FormatException {
        RSAPublicKey key = x509(given);
        requirePublic(key.getModulus(), key.getPublicExponent());
        return x509(key);
    }

    private static RSAPublicKey x509(byte[] key) throws FormatException {
        return Der.read(key, "RSA public key", value -> {
            SubjectPublicKeyInfo info = SubjectPublicKeyInfo.getInstance(value);
            if (!info.getAlgorithm().getAlgorithm().equals(PKCSObjectIdentifiers.rsaEncryption)) {
                throw new FormatException("not actually an rsa public key");
            }
            return Der.read(info.getPublicKeyData().getOctets(), "RSA public key", RSAPublicKey::getInstance);
        });
    }

    private static byte[] x509(RSAPublicKey key) {
        return Der.bytes(new SubjectPublicKeyInfo(algorithm(), Der.bytes(key)));
    }

    private static AlgorithmIdentifier algorithm() {
        return new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE);
    }

    @Override
    public byte[] publicOf(byte[] privateKey) throws FormatException {
        RSAPrivateKey key = pkcs1(privateKey);
        return x509(new RSAPublicKey(key.getModulus(), key.getPublicExponent()));
    }

    @Override
    public byte[] sign(byte[] privateKey, byte[] message) {
        return SIGNATURE.sign(new PKCS8EncodedKeySpec(Der.bytes(toPkcs8(privateKey))), message);
    }

    @Override
    public boolean verify(byte[] publicKey, byte[] message, byte[] signature) {
        try {
            RSAPublicKey key = x509(publicKey);
            return SIGNATURE.verify(
                    new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent()), message, signature);
        } catch (FormatException e) {
            throw new IllegalStateException("checked when it was made", e);
        }
    }

    @Override
    public PrivateKeyInfo toPkcs8(byte[] privateKey) {
        return Pkcs8.of(algorithm(), RSAPrivateKey.getInstance(privateKey));
    }

    @Override
    public byte[] ofPkcs8(PrivateKeyInfo info) {
        return info.getPrivateKey().getOctets();
    }
}
