package org.s3ds.ipld.keys;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.s3ds.ipld.FormatException;

/** The kinds of keys that libp2p has. */
public enum KeyType {
    /** 2048 to 8192 bits. */
    RSA(0),
    /** What a key is unless another kind is asked for. */
    ED25519(1),
    /** Bitcoin's curve. */
    SECP256K1(2),
    /** The curves of NIST. */
    ECDSA(3);

    private final int number;

    KeyType(int number) {
        this.number = number;
    }

    /** The kind called so, such as {@code ed25519}; empty when there is none. */
    public static Optional<KeyType> byName(String name) {
        return Stream.of(values()).filter(type -> type.text().equals(name)).findFirst();
    }

    static KeyType of(long number) throws FormatException {
        return Stream.of(values())
                .filter(type -> type.number == number)
                .findFirst()
                .orElseThrow(() -> new FormatException("invalid or unsupported key type"));
    }

    /** What libp2p writes for it. */
    int number() {
        return number;
    }

    /** The name, in lower case. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** How keys of this kind are made and used; its class is loaded when it is asked for. */
    Scheme scheme() {
        return switch (this) {
            case RSA -> new RsaScheme();
            case ED25519 -> new Ed25519Scheme();
            case SECP256K1 -> new Secp256k1Scheme();
            case ECDSA -> new EcdsaScheme();
        };
    }
}
