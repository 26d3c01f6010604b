package org.s3ds.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.s3ds.datastore.Datastore;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.Sha256;
import org.s3ds.s3.ScriptedServer.Answer;
import org.s3ds.s3.ScriptedServer.Request;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpResponse;

/** Which checksum of a server counts, and how it is asked for. */
class ChecksumHeadersTest {
    private static final Key KEY = Key.of("K");
    private static final String TEXT = "LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=";
    private static final Sha256 HASH = new Sha256("2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824");

    private static Optional<Sha256> read(Map<String, String> headers) throws IOException {
        SdkHttpResponse.Builder answer = SdkHttpResponse.builder().statusCode(200);
        headers.forEach(answer::putHeader);
        return ObjectAnswer.read(
                        HttpExecuteResponse.builder().response(answer.build()).build())
                .sha256();
    }

    @Test
    void thatOfTheWholeObjectCountsAndNoOther() throws Exception {
        String name = "x-amz-checksum-sha256";
        String type = "x-amz-checksum-type";
        assertEquals(Optional.of(HASH), read(Map.of(name, TEXT, type, "FULL_OBJECT")));
        assertEquals(Optional.of(HASH), read(Map.of(name, TEXT)), "servers that know no types");
        assertEquals(Optional.empty(), read(Map.of(name, TEXT + "-1", type, "COMPOSITE")));
        assertEquals(Optional.empty(), read(Map.of(name, TEXT + "-1")), "of an object in one part");
        assertEquals(Optional.empty(), read(Map.of(name, TEXT, type, "COMPOSITE")));
        assertEquals(Optional.empty(), read(Map.of(name, "LPJNul8=")), "too short");
        assertEquals(Optional.empty(), read(Map.of(name, TEXT.replace("Q=", "R="))), "bits behind the last byte");
        assertEquals(Optional.empty(), read(Map.of("x-amz-checksum-crc64nvme", "M3eFcAZSQlc=", type, "FULL_OBJECT")));
    }

    /** The requests for the checksum of an object. */
    private static List<Request> asked(IntFunction<Answer> answers, RecordedMetrics metrics, boolean fails)
            throws Exception {
        AtomicInteger number = new AtomicInteger();
        try (ScriptedServer server = new ScriptedServer(request -> answers.apply(number.getAndIncrement()));
                Datastore store = new S3Datastore(server.config("", ""), metrics)) {
            if (fails) {
                assertThrows(S3Exception.class, () -> store.sha256(KEY));
            } else {
                assertEquals(Optional.empty(), store.sha256(KEY));
            }
            return server.requests();
        }
    }

    @Test
    void itIsAskedForInTheRequestAndAgainWhenTheServerFails() throws Exception {
        RecordedMetrics metrics = new RecordedMetrics();
        List<Request> requests =
                asked(number -> number == 0 ? Answer.error(500, "InternalError") : Answer.ok(), metrics, false);
        assertEquals(Map.of("head", 2L), metrics.take());
        for (Request request : requests) {
            assertEquals("HEAD", request.method());
            assertEquals("ENABLED", request.headers().get("x-amz-checksum-mode"));
        }
    }

    @Test
    void aRefusalIsNoAbsence() throws Exception {
        RecordedMetrics metrics = new RecordedMetrics();
        asked(number -> Answer.error(403, "AccessDenied"), metrics, true);
        assertEquals(Map.of("head", 1L, "list", 1L), metrics.take(), "a listing says what a HEAD cannot");
    }
}
