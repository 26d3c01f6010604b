package org.s3ds.ipld.ipns;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.s3ds.ipld.DagCbor;
import org.s3ds.ipld.Data;
import org.s3ds.ipld.FormatException;
import org.s3ds.ipld.keys.PrivateKey;

/**
 * What a record is to say.
 *
 * @param value the path that the name stands for
 * @param sequence how often the name was given something else, without sign
 * @param validity until when it is good
 * @param ttl how long others may keep it before they ask again; not negative
 */
public record IpnsEntry(String value, long sequence, Instant validity, Duration ttl) {
    /** Refuses a negative ttl. */
    public IpnsEntry {
        if (ttl.isNegative()) {
            throw new IllegalArgumentException("ttl must not be negative, got " + ttl);
        }
    }

    /**
     * The record that says so, as Kubo writes it, byte for byte.
     *
     * @param key that of the name
     * @param version1 whether old programs can read it as well
     * @throws FormatException when the value is no path, or so long that there is no record of it
     */
    public IpnsRecord sign(PrivateKey key, boolean version1) throws FormatException {
        byte[] data = DagCbor.encode(data());
        RecordFields fields = new RecordFields()
                .with(RecordFields.SIGNATURE_V2, key.sign(IpnsRecord.signed(data)))
                .with(RecordFields.DATA, data);
        if (version1) {
            fields.with(RecordFields.VALUE, bytes(value))
                    .with(RecordFields.SIGNATURE_V1, key.sign(bytes(value + time() + "EOL")))
                    .with(RecordFields.VALIDITY_TYPE, 0)
                    .with(RecordFields.VALIDITY, bytes(time()))
                    .with(RecordFields.SEQUENCE, sequence)
                    .with(RecordFields.TTL, ttl.toNanos());
        }
        if (key.peerId().publicKey().isEmpty()) {
            fields.with(RecordFields.PUBLIC_KEY, key.publicKey().encode());
        }
        IpnsRecord record = IpnsRecord.decode(fields.encode());
        record.value();
        return record;
    }

    private Data data() {
        return Data.MapOf.of(Map.of(
                "Value", Data.Bytes.of(bytes(value)),
                "Validity", Data.Bytes.of(bytes(time())),
                "ValidityType", Data.Int.of(0),
                "Sequence", Data.Int.of(sequence),
                "TTL", Data.Int.of(ttl.toNanos())));
    }

    private String time() {
        return GoTime.format(validity);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
