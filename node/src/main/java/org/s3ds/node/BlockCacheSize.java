package org.s3ds.node;

import java.math.BigDecimal;
import java.util.Optional;
import org.s3ds.node.repo.ByteSize;
import org.s3ds.node.repo.Config;
import org.s3ds.node.repo.ConfigException;

/**
 * The key of the config that says how much memory blocks may take that were read. Kubo keeps it, and does not know it.
 */
final class BlockCacheSize {
    private static final String KEY = "Datastore.BlockCacheSize";
    private static final long LEFT_OUT = 64L << 20;

    private BlockCacheSize() {}

    /**
     * Bytes, 0 for no cache.
     *
     * @throws ConfigException when the value is no amount of bytes
     */
    static long of(Config config) throws ConfigException {
        Optional<Object> value = config.find(KEY);
        if (value.isEmpty()) {
            return LEFT_OUT;
        }
        BigDecimal bytes = ByteSize.parse(value.get().toString(), KEY);
        return bytes.min(BigDecimal.valueOf(Long.MAX_VALUE)).longValueExact();
    }
}
