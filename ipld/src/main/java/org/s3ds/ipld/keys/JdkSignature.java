package org.s3ds.ipld.keys;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.KeySpec;

/**
 * Signatures that the JDK makes and checks.
 *
 * @param keys the name of the kind of key, as the JDK knows it
 * @param signatures the name of the kind of signature
 */
record JdkSignature(String keys, String signatures) {
    byte[] sign(KeySpec privateKey, byte[] message) {
        try {
            Signature signature = Signature.getInstance(signatures);
            signature.initSign(KeyFactory.getInstance(keys).generatePrivate(privateKey));
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a key that was read does not sign (" + keys + ")", e);
        }
    }

    boolean verify(KeySpec publicKey, byte[] message, byte[] given) {
        try {
            Signature signature = Signature.getInstance(signatures);
            signature.initVerify(KeyFactory.getInstance(keys).generatePublic(publicKey));
            signature.update(message);
            return signature.verify(given);
        } catch (GeneralSecurityException e) {
            return false; // not even the form of a signature
        }
    }
}
