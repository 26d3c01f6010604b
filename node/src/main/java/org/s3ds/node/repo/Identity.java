package org.s3ds.node.repo;

import java.security.SecureRandom;
import java.util.Base64;
import org.s3ds.ipld.FormatException;
import org.s3ds.ipld.keys.KeyType;
import org.s3ds.ipld.keys.PrivateKey;

/**
 * Who a node is: a key pair, as libp2p writes it.
 *
 * @param peerId the text of the peer id: {@code 12D3KooW...} for Ed25519, {@code Qm...} for RSA
 * @param privateKey the libp2p {@code PrivateKey} message in padded base64
 */
public record Identity(String peerId, String privateKey) {
    /** A fresh Ed25519 identity. */
    public static Identity ed25519(SecureRandom random) {
        try {
            return of(PrivateKey.generate(KeyType.ED25519, 0, random));
        } catch (FormatException e) {
            throw new IllegalStateException("a key of this kind can always be made", e);
        }
    }

    /**
     * A fresh RSA identity.
     *
     * @param bits 2048 to 8192
     * @throws FormatException when there are fewer bits, or more
     */
    public static Identity rsa(int bits, SecureRandom random) throws FormatException {
        return of(PrivateKey.generate(KeyType.RSA, bits, random));
    }

    private static Identity of(PrivateKey key) {
        return new Identity(key.peerId().toString(), Base64.getEncoder().encodeToString(key.encode()));
    }

    /** Without the private key. */
    @Override
    public String toString() {
        return peerId;
    }
}
