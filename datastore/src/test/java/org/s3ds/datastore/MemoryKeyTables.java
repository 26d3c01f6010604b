package org.s3ds.datastore;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Tables in memory: closed and opened again they have what they had, and their process and machine can be ended. */
public final class MemoryKeyTables implements KeyTables {
    private final Map<String, MemoryKeyTable> tables = new ConcurrentHashMap<>();
    private volatile String era = "1";

    /** None yet. */
    public MemoryKeyTables() {}

    @Override
    public KeyTable open(String name) {
        return tables.computeIfAbsent(name, missing -> new MemoryKeyTable()).opened();
    }

    @Override
    public String era() {
        return era;
    }

    /** Another program has had the repo, as far as these tell. */
    public void beginEra(String next) {
        era = next;
    }

    /** Ends the process that has them open, without a warning: they can be opened again, with all that was written. */
    public void kill() {
        tables.values().forEach(MemoryKeyTable::kill);
    }

    /** Damages them between two sessions: of what was written, the entries are left. */
    public void loseRecords() {
        tables.values().forEach(MemoryKeyTable::loseRecords);
    }

    /** Slows their disk down: this happens before each write, and may take its time. */
    public void beforeWrite(Runnable what) {
        tables.values().forEach(table -> table.beforeWrite(what));
    }

    /** Ends the machine: what was not synced is gone. */
    public void crash() {
        tables.values().forEach(MemoryKeyTable::crash);
    }
}
