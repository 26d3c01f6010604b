package org.s3ds.node.repo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.KeyFactory;
import java.security.SecureRandom;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.s3ds.ipld.FormatException;
import org.s3ds.ipld.Multibase;

final class IdentityTest {
    @Test
    void ed25519IsSeedAndPublicKeyInALibp2pMessage() throws Exception {
        Identity identity = Identity.ed25519(new SecureRandom());
        byte[] message = Base64.getDecoder().decode(identity.privateKey());

        assertEquals(68, message.length);
        assertEquals("08011240", HexFormat.of().formatHex(message, 0, 4));
        assertTrue(identity.peerId().startsWith("12D3KooW"), identity.peerId());
        byte[] peer = Multibase.decode("z" + identity.peerId());
        assertEquals("002408011220", HexFormat.of().formatHex(peer, 0, 6));
        assertArrayEquals(Arrays.copyOfRange(message, 36, 68), Arrays.copyOfRange(peer, 6, 38));
        // the key is one the JDK takes
        KeyFactory.getInstance("Ed25519")
                .generatePrivate(
                        new EdECPrivateKeySpec(NamedParameterSpec.ED25519, Arrays.copyOfRange(message, 4, 36)));
    }

    @Test
    void kubosOwnIdentityHasTheSameForm() throws Exception {
        Config kubo = ConfigTest.kubo();
        byte[] message = Base64.getDecoder()
                .decode((String) kubo.find("Identity.PrivKey").orElseThrow());
        byte[] peer = Multibase.decode("z" + kubo.find("Identity.PeerID").orElseThrow());
        assertEquals("08011240", HexFormat.of().formatHex(message, 0, 4));
        assertArrayEquals(Arrays.copyOfRange(message, 36, 68), Arrays.copyOfRange(peer, 6, 38));
    }

    @Test
    void rsaIsPkcs1InALibp2pMessage() throws Exception {
        Identity identity = Identity.rsa(2048, new SecureRandom());
        byte[] message = Base64.getDecoder().decode(identity.privateKey());

        assertTrue(identity.peerId().startsWith("Qm"), identity.peerId());
        assertEquals("080012", HexFormat.of().formatHex(message, 0, 3));
        byte[] pkcs1 = Arrays.copyOfRange(message, 5, message.length);
        assertEquals("3082", HexFormat.of().formatHex(pkcs1, 0, 2));
        assertEquals(2048, rsa(pkcs1).getModulus().bitLength());
    }

    @Test
    void rsaOfTooFewOrTooManyBitsIsRefused() {
        assertThrows(FormatException.class, () -> Identity.rsa(1024, new SecureRandom()));
        assertThrows(FormatException.class, () -> Identity.rsa(16384, new SecureRandom()));
    }

    @Test
    void theTextHoldsNoSecret() {
        Identity identity = Identity.ed25519(new SecureRandom());
        assertFalse(identity.toString().contains(identity.privateKey()));
    }

    /** Wraps PKCS #1 into PKCS #8 again, by hand. */
    private static RSAPrivateCrtKey rsa(byte[] pkcs1) throws Exception {
        byte[] head = HexFormat.of().parseHex("020100300d06092a864886f70d0101010500");
        int inner = head.length + 4 + pkcs1.length;
        byte[] der = new byte[4 + inner];
        System.arraycopy(lengthOf(0x30, inner), 0, der, 0, 4);
        System.arraycopy(head, 0, der, 4, head.length);
        System.arraycopy(lengthOf(0x04, pkcs1.length), 0, der, 4 + head.length, 4);
        System.arraycopy(pkcs1, 0, der, 8 + head.length, pkcs1.length);
        return (RSAPrivateCrtKey) KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(der));
    }

    private static byte[] lengthOf(int tag, int length) {
        return new byte[] {(byte) tag, (byte) 0x82, (byte) (length >>> 8), (byte) length};
    }
}
