package org.s3ds.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.s3ds.datastore.Metrics;
import org.s3ds.datastore.StoreContext;
import software.amazon.awssdk.core.exception.SdkException;

class OnceTest {
    @Test
    void whatWasMadeIsEnded() throws InterruptedException {
        Once<String> once = new Once<>(() -> "made");
        assertEquals("made", once.get());
        List<String> ended = new ArrayList<>();
        once.end(ended::add);
        assertEquals(List.of("made"), ended);
    }

    @Test
    void whatHasEndedIsNotMadeAnyMore() {
        Once<String> once = new Once<>(() -> fail("made"));
        once.end(made -> fail("ended"));
        assertThrows(SdkException.class, once::get);
    }

    @Test
    void aRequestOfAClosedStoreFailsAsRequestsDo() {
        S3Config config = S3Config.of("b", "us-east-1")
                .withEndpoint(URI.create("http://127.0.0.1:1"))
                .withKeys("AK", "SK");
        S3Bucket bucket =
                new S3Bucket(config, new StoreContext(Path.of("").toAbsolutePath(), Metrics.none(), Map.of()));
        bucket.close();
        S3Exception failure = assertThrows(S3Exception.class, () -> new S3Objects(bucket).get("x"));
        assertTrue(String.valueOf(failure.getMessage()).contains("the store is closed"), failure.getMessage());
    }
}
