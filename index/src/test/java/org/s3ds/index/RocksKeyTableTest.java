package org.s3ds.index;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.s3ds.datastore.KeyTableContract;
import org.s3ds.datastore.KeyTables;

final class RocksKeyTableTest extends KeyTableContract {
    @TempDir
    private Path folder;

    @Override
    protected KeyTables tables() {
        return new RocksTables(folder.resolve("index"), "1");
    }
}
