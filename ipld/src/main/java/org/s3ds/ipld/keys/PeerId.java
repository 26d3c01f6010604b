package org.s3ds.ipld.keys;

import java.util.Optional;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.FormatException;
import org.s3ds.ipld.HashFunction;
import org.s3ds.ipld.Multibase;
import org.s3ds.ipld.Multicodec;
import org.s3ds.ipld.Multihash;

/**
 * Who has a key, and what an IPNS name is made of: the multihash of a public key. Short keys, such as those of Ed25519,
 * are in it as they are.
 *
 * @param hash the multihash
 */
public record PeerId(Multihash hash) {
    private static final int LARGEST_INLINED = 42;

    static PeerId of(PublicKey key) {
        byte[] message = key.encode();
        HashFunction hash = message.length <= LARGEST_INLINED ? HashFunction.IDENTITY : HashFunction.SHA2_256;
        return new PeerId(hash.hash(message));
    }

    /**
     * The id that a text spells: a multihash in base58btc, {@code 12D3KooW…} or {@code Qm…}, or a CID with the codec
     * {@code libp2p-key}, such as {@code k51…}.
     *
     * @throws FormatException when it spells none; begins with {@code failed to parse peer ID:}
     */
    public static PeerId parse(String text) throws FormatException {
        try {
            if (text.startsWith("Qm") || text.startsWith("1")) {
                return new PeerId(Multihash.decode(Multibase.BASE58BTC.decodeBare(text)));
            }
            Cid cid = Cid.parse(text);
            if (cid.codec() == Multicodec.LIBP2P_KEY) {
                return new PeerId(cid.hash());
            }
            String codec = Multicodec.nameOf(cid.codec()).orElse("0x" + Long.toHexString(cid.codec()));
            throw new FormatException("it is a CID of type \"" + codec + "\", not of libp2p-key");
        } catch (FormatException e) {
            throw new FormatException("failed to parse peer ID: " + e.getMessage(), e);
        }
    }

    /** The same as a CID, which IPNS names are. */
    public Cid cid() {
        return Cid.v1(Multicodec.LIBP2P_KEY, hash);
    }

    /** The CID in base36, as IPNS names are usually written: {@code k51…}. */
    public String name() {
        return cid().toString(Multibase.BASE36);
    }

    /**
     * The key that the id has in it; empty when that was too long, and its hash is there in its place.
     *
     * @throws FormatException when what it has in it is no key
     */
    public Optional<PublicKey> publicKey() throws FormatException {
        return hash.code() == Multicodec.IDENTITY ? Optional.of(PublicKey.decode(hash.digest())) : Optional.empty();
    }

    /** The multihash in base58btc, as peer ids are usually written. */
    @Override
    public String toString() {
        return Multibase.BASE58BTC.encodeBare(hash.toBytes());
    }
}
