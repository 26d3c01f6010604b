package org.s3ds.node.repo;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import org.s3ds.ipld.HashFunction;
import org.s3ds.ipld.Multibase;

/**
 * Who a node is: a key pair, as libp2p writes it.
 *
 * @param peerId the text of the peer id: {@code 12D3KooW...} for Ed25519, {@code Qm...} for RSA
 * @param privateKey the libp2p {@code PrivateKey} message in padded base64
 */
public record Identity(String peerId, String privateKey) {
    private static final int RSA = 0;
    private static final int ED25519 = 1;
    private static final int SMALLEST_RSA = 2048;
    private static final int LARGEST_RSA = 8192;
    private static final int LARGEST_INLINED = 42;
    private static final int SEED = 32;

    /** A fresh Ed25519 identity. */
    public static Identity ed25519(SecureRandom random) {
        KeyPair pair = generate("Ed25519", 255, random);
        // both encodings end in the 32 bytes: PKCS #8 in the seed, X.509 in the public key
        byte[] seed = tail(pair.getPrivate().getEncoded());
        byte[] point = tail(pair.getPublic().getEncoded());
        byte[] both = Arrays.copyOf(seed, 2 * SEED);
        System.arraycopy(point, 0, both, SEED, SEED);
        return of(ED25519, both, point);
    }

    /**
     * A fresh RSA identity.
     *
     * @param bits 2048 to 8192
     * @throws ConfigException when there are fewer bits, or more
     */
    public static Identity rsa(int bits, SecureRandom random) throws ConfigException {
        if (bits < SMALLEST_RSA || bits > LARGEST_RSA) {
            throw new ConfigException(
                    "rsa keys must be of " + SMALLEST_RSA + " to " + LARGEST_RSA + " bits, not " + bits);
        }
        KeyPair pair = generate("RSA", bits, random);
        return of(RSA, pkcs1(pair.getPrivate().getEncoded()), pair.getPublic().getEncoded());
    }

    /** Without the private key. */
    @Override
    public String toString() {
        return peerId;
    }

    private static Identity of(int type, byte[] privateKey, byte[] publicKey) {
        byte[] message = message(type, publicKey);
        HashFunction hash = message.length <= LARGEST_INLINED ? HashFunction.IDENTITY : HashFunction.SHA2_256;
        String peerId = Multibase.BASE58BTC.encode(hash.hash(message).toBytes()).substring(1);
        return new Identity(peerId, Base64.getEncoder().encodeToString(message(type, privateKey)));
    }

    private static KeyPair generate(String algorithm, int bits, SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(bits, random);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + algorithm, e);
        }
    }

    private static byte[] tail(byte[] encoded) {
        return Arrays.copyOfRange(encoded, encoded.length - SEED, encoded.length);
    }

    /** The protobuf message {@code {1: type, 2: data}}. */
    private static byte[] message(int type, byte[] data) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(0x08);
        out.write(type);
        out.write(0x12);
        int length = data.length;
        for (; length >= 0x80; length >>>= 7) {
            out.write((length & 0x7f) | 0x80);
        }
        out.write(length);
        out.writeBytes(data);
        return out.toByteArray();
    }

    /**
     * The PKCS #1 key inside a PKCS #8 one: the octet string behind the version and the algorithm. Large keys only, so
     * both outer lengths take two bytes.
     */
    private static byte[] pkcs1(byte[] pkcs8) {
        int algorithm = 4 + 3; // SEQUENCE with two bytes of length, INTEGER 0
        int octets = algorithm + 2 + pkcs8[algorithm + 1];
        if (pkcs8[0] != 0x30 || pkcs8[algorithm] != 0x30 || pkcs8[octets] != 0x04 || pkcs8[octets + 1] != (byte) 0x82) {
            throw new IllegalStateException("the JDK writes RSA keys in another form than expected");
        }
        return Arrays.copyOfRange(pkcs8, octets + 4, pkcs8.length);
    }
}
