package org.s3ds.ipld.keys;

import java.io.IOException;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Primitive;
import org.s3ds.ipld.FormatException;

/** ASN.1 in DER, its one spelling, in and out. */
final class Der {
    private Der() {}

    /** Makes a value of what was read. */
    interface Reader<T> {
        T read(ASN1Primitive value) throws FormatException;
    }

    /**
     * What these bytes say.
     *
     * @param what the kind of key, for the failure, which tells nothing else
     */
    static <T> T read(byte[] bytes, String what, Reader<T> values) throws FormatException {
        try {
            ASN1Primitive value = ASN1Primitive.fromByteArray(bytes);
            if (value == null || !Arrays.equals(bytes(value), bytes)) {
                throw new FormatException("invalid " + what + ": it is not in DER");
            }
            return values.read(value);
        } catch (FormatException e) {
            throw e;
        } catch (IOException | RuntimeException e) { // Bouncy Castle has many kinds, and some repeat what they read
            throw new FormatException("invalid " + what + ": its ASN.1 is not that of such a key");
        }
    }

    /** The bytes of a value. */
    static byte[] bytes(ASN1Encodable value) {
        try {
            return value.toASN1Primitive().getEncoded(ASN1Encoding.DER);
        } catch (IOException e) {
            throw new IllegalStateException("it is written to memory", e);
        }
    }
}
