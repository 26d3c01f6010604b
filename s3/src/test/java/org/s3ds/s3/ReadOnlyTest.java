package org.s3ds.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.s3ds.datastore.Datastore;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.Metrics;
import org.s3ds.datastore.ReadOnlyException;
import org.s3ds.datastore.StoreContext;

final class ReadOnlyTest {
    @Test
    void everyWriteAndDeleteIsRefusedBeforeAnythingIsSent() throws Exception {
        try (ScriptedServer server = new ScriptedServer(request -> ScriptedServer.Answer.ok());
                Datastore store = readOnly(server).open(new StoreContext(Path.of(""), Metrics.none(), Map.of()))) {
            Key key = Key.of("K");
            for (Executable write : List.<Executable>of(
                    () -> store.put(key, new byte[1]),
                    () -> store.delete(key),
                    store::batch,
                    () -> store.inBackground().put(key, new byte[1]))) {
                String sentence = assertThrows(ReadOnlyException.class, write).getMessage();
                assertEquals(
                        "S3(b at " + server.config("", "").place()
                                + ") is for reading alone, as \"readOnly\" in its spec"
                                + " says, so nothing is put or deleted there; take \"readOnly\" away to allow it",
                        sentence);
            }
            assertEquals(List.of(), server.requests());
            assertTrue(store.get(key).isPresent());
        }
    }

    private static S3Config readOnly(ScriptedServer server) throws Exception {
        S3Config config = server.config("", "");
        return new S3Config(
                config.place(),
                config.identity(),
                config.transport(),
                config.objects(),
                config.limits(),
                config.readBuckets(),
                true,
                config.priceFile(),
                config.warnings());
    }
}
