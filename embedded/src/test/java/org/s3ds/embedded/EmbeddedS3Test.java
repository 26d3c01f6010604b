package org.s3ds.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedS3Test {
    @TempDir
    Path folder;

    @Test
    void refusesARequestWithoutSignature() throws Exception {
        try (EmbeddedS3 server = EmbeddedS3.start(folder)) {
            HttpResponse<String> answer = get(server);
            assertEquals(403, answer.statusCode());
            assertTrue(answer.body().contains("AccessDenied"), answer.body());
        }
    }

    @Test
    void makesItsFolder() throws Exception {
        Path below = folder.resolve("a/b");
        EmbeddedS3.start(below).close();
        assertTrue(Files.isDirectory(below));
    }

    @Test
    void eachStartHasItsOwnPortAndKeys() throws Exception {
        try (EmbeddedS3 one = EmbeddedS3.start(folder);
                EmbeddedS3 two = EmbeddedS3.start(folder)) {
            assertNotEquals(one.endpoint(), two.endpoint());
            assertNotEquals(one.accessKey(), two.accessKey());
            assertNotEquals(one.secretKey(), two.secretKey());
        }
    }

    @Test
    void nothingListensAfterClose() throws Exception {
        EmbeddedS3 server = EmbeddedS3.start(folder);
        server.close();
        assertThrows(ConnectException.class, () -> get(server));
    }

    @Test
    void printsNoSecret() throws Exception {
        try (EmbeddedS3 server = EmbeddedS3.start(folder)) {
            assertFalse(server.toString().contains(server.secretKey()));
        }
    }

    private static HttpResponse<String> get(EmbeddedS3 server) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(server.endpoint()).build();
            return client.send(request, BodyHandlers.ofString());
        }
    }
}
