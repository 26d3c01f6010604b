package org.s3ds.index;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.Env;
import org.rocksdb.FlushOptions;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksObject;
import org.rocksdb.SstFileManager;
import org.rocksdb.WriteOptions;
import org.rocksdb.util.StdErrLogger;

/**
 * How a table has RocksDB work: what it takes of memory is bounded, a write survives the process, and nothing goes on
 * where nothing is asked. Closed after the database.
 */
final class Settings implements AutoCloseable {
    private static final long MIB = 1 << 20;
    /** For blocks of files, and for their indexes and filters, whatever their number. */
    private static final long CACHE = 192 * MIB;

    private static final long BUFFER = 16 * MIB;
    private static final int OPEN_FILES = 256;
    /** Of sessions that wrote little: so many are put together. */
    private static final int SMALL_FILES = 8;

    /** Of each key: one of a hundred absent ones is looked for. */
    private static final int FILTER_BITS = 10;

    private static final int FORMAT = 6;

    private final List<RocksObject> opened = new ArrayList<>();
    private final DBOptions database = keep(options("track_and_verify_wals", "true"));
    private final ColumnFamilyOptions family = keep(new ColumnFamilyOptions());
    private final WriteOptions writing = keep(new WriteOptions());
    private final FlushOptions flushing = keep(new FlushOptions());
    private final ReadOptions scanning = keep(new ReadOptions().setFillCache(false));

    Settings() {
        database.setCreateIfMissing(true)
                .setCreateMissingColumnFamilies(true)
                .setLogger(keep(new StdErrLogger(InfoLogLevel.NUM_INFO_LOG_LEVELS)))
                .setSstFileManager(keep(spaceWatch()))
                .setStatsDumpPeriodSec(0)
                .setStatsPersistPeriodSec(0)
                .setMaxBackgroundJobs(2)
                .setMaxOpenFiles(OPEN_FILES)
                .setMaxTotalWalSize(2 * BUFFER)
                .setMaxManifestFileSize(MIB)
                .setAvoidFlushDuringRecovery(true)
                .setSkipStatsUpdateOnDbOpen(true);
        family.setCompressionType(CompressionType.NO_COMPRESSION)
                .setWriteBufferSize(BUFFER)
                .setLevel0FileNumCompactionTrigger(SMALL_FILES)
                .setTableFormatConfig(new BlockBasedTableConfig()
                        .setBlockCache(keep(new LRUCache(CACHE)))
                        .setCacheIndexAndFilterBlocks(true)
                        .setPinL0FilterAndIndexBlocksInCache(true)
                        .setFilterPolicy(keep(new BloomFilter(FILTER_BITS)))
                        .setFormatVersion(FORMAT));
    }

    /** Of the whole. */
    DBOptions database() {
        return database;
    }

    /** Of each family of keys. */
    ColumnFamilyOptions family() {
        return family;
    }

    /** A write is on its way to the disk, and with the system, when it returns. */
    WriteOptions writing() {
        return writing;
    }

    /** Waits for its end. */
    FlushOptions flushing() {
        return flushing;
    }

    /** A scan leaves what is cached where it is. */
    ReadOptions scanning() {
        return scanning;
    }

    /** Goes on by itself when a disk that was full no longer is. */
    private static SstFileManager spaceWatch() {
        try {
            return new SstFileManager(Env.getDefault());
        } catch (RocksDBException e) {
            throw new IllegalStateException("it takes nothing that could fail", e);
        }
    }

    /** One that Java has no method for. */
    private static DBOptions options(String name, String value) {
        Properties properties = new Properties();
        properties.setProperty(name, value);
        return Objects.requireNonNull(
                DBOptions.getDBOptionsFromProps(properties), () -> "RocksDB has no setting " + name);
    }

    private <T extends RocksObject> T keep(T object) {
        opened.add(object);
        return object;
    }

    @Override
    public void close() {
        opened.reversed().forEach(RocksObject::close);
    }
}
