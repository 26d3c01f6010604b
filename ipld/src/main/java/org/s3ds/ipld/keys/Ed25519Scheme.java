package org.s3ds.ipld.keys;

import java.security.SecureRandom;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.s3ds.ipld.FormatException;

/** Ed25519: a private key is the seed and the public key behind it, as Go has it. */
final class Ed25519Scheme implements Scheme {
    private static final JdkSignature SIGNATURE = new JdkSignature("Ed25519", "Ed25519");
    private static final int HALF = 32;

    @Override
    public byte[] generate(int bits, SecureRandom random) {
        byte[] seed = new byte[HALF];
        random.nextBytes(seed);
        return whole(seed);
    }

    /** The JDK does not tell the public key of a seed. */
    private static byte[] whole(byte[] seed) {
        byte[] key = Arrays.copyOf(seed, 2 * HALF);
        Ed25519.generatePublicKey(seed, 0, key, HALF);
        return key;
    }

    /** Old keys have the public key twice. One that is of another seed would give the seed away by signing. */
    @Override
    public byte[] privateKey(byte[] given) throws FormatException {
        if (given.length != 2 * HALF && given.length != 3 * HALF) {
            throw new FormatException("expected ed25519 data size to be 64 or 96, got " + given.length);
        }
        byte[] key = whole(Arrays.copyOf(given, HALF));
        byte[] again = Arrays.copyOfRange(key, HALF, 2 * HALF);
        for (int at = HALF; at < given.length; at += HALF) {
            if (!Arrays.equals(again, Arrays.copyOfRange(given, at, at + HALF))) {
                throw new FormatException("invalid private key: its public key is that of another one");
            }
        }
        return key;
    }

    @Override
    public byte[] publicKey(byte[] given) throws FormatException {
        if (given.length != HALF) {
            throw new FormatException("expect ed25519 public key data size to be 32");
        }
        return given.clone();
    }

    @Override
    public byte[] publicOf(byte[] privateKey) {
        return Arrays.copyOfRange(privateKey, HALF, 2 * HALF);
    }

    @Override
    public byte[] sign(byte[] privateKey, byte[] message) {
        byte[] seed = Arrays.copyOf(privateKey, HALF);
        return SIGNATURE.sign(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed), message);
    }

    @Override
    public boolean verify(byte[] publicKey, byte[] message, byte[] signature) {
        return SIGNATURE.verify(new X509EncodedKeySpec(Ed25519Der.x509(publicKey)), message, signature);
    }

    @Override
    public PrivateKeyInfo toPkcs8(byte[] privateKey) {
        return Ed25519Der.pkcs8(Arrays.copyOf(privateKey, HALF));
    }

    @Override
    public byte[] ofPkcs8(PrivateKeyInfo info) throws FormatException {
        byte[] seed = Ed25519Der.seed(info);
        if (seed.length != HALF) {
            throw new FormatException("invalid Ed25519 key: it has " + seed.length + " bytes, not " + HALF);
        }
        return whole(seed);
    }
}
