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
                Datastore store = server.config("", "")
                        .withAccess(Access.READ_ONLY)
                        .open(new StoreContext(Path.of(""), Metrics.none(), Map.of()))) {
            Key key = Key.of("K");
            for (Executable write : List.<Executable>of(
                    () -> store.put(key, new byte[1]),
                    () -> store.delete(key),
                    store::batch,
                    () -> store.requireDeletes(key),
                    () -> store.inBackground().put(key, new byte[1]))) {
                String sentence = assertThrows(ReadOnlyException.class, write).getMessage();
                assertEquals(
                        "S3(b at " + server.config("", "").place()
                                + ") is for reading alone, as \"access\" or \"readOnly\" in its spec says, so nothing is"
                                + " put or deleted there; to allow it, say \"access\": \"shared\" instead, or"
                                + " \"exclusive\" if no other repo writes there",
                        sentence);
            }
            assertEquals(List.of(), server.requests());
            assertTrue(store.get(key).isPresent());
        }
    }
}
