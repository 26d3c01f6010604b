package org.s3ds.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpResponse;

/** What an answer's date shows of a server's clock. */
final class ClockDifferenceTest {
    private static final Instant CAME = Instant.parse("2026-01-02T03:04:05.500Z");

    @ParameterizedTest
    @CsvSource({
        "2026-01-02T03:04:05Z, PT0S, PT0S",
        "2026-01-02T03:04:05Z, PT3S, PT0S",
        "2026-01-02T03:04:04Z, PT0.4S, PT-0.1S",
        "2026-01-02T03:04:04Z, PT0.6S, PT0S",
        "2026-01-02T03:03:05Z, PT0S, PT-59.5S",
        "2026-01-02T03:04:06Z, PT9S, PT0.5S",
        "2026-01-02T04:04:05Z, PT0S, PT59M59.5S"
    })
    void itIsNoMoreThanItMustBe(Instant said, Duration took, Duration ahead) {
        ClockDifference clocks = ClockDifference.of(said, CAME, took);
        assertEquals(ahead, clocks.ahead());
    }

    @Test
    void aTimeIsTranslatedIntoOurs() {
        ClockDifference ahead = ClockDifference.of(CAME.plusSeconds(600), CAME, Duration.ZERO);
        assertEquals(CAME, ahead.ours(CAME.plusSeconds(600)));
        assertEquals(CAME, ClockDifference.NONE.ours(CAME));
    }

    @Test
    void theTimesOfAPageAreThoseOfOurClock() throws Exception {
        String xml = "<ListBucketResult><IsTruncated>false</IsTruncated><Contents><Key>K</Key><Size>7</Size>"
                + "<LastModified>2026-01-02T04:00:00.000Z</LastModified></Contents></ListBucketResult>";
        SdkHttpResponse head = SdkHttpResponse.builder()
                .statusCode(200)
                .putHeader("Date", "Fri, 02 Jan 2026 04:04:05 GMT")
                .build();
        InputStream body = new ByteArrayInputStream(xml.getBytes(UTF_8));
        ObjectAnswer answer = ObjectAnswer.read(HttpExecuteResponse.builder()
                .response(head)
                .responseBody(AbortableInputStream.create(body))
                .build());
        S3Config config =
                S3Config.parse(Map.of("region", "us-east-1", "bucket", "b", "accessKey", "AK", "secretKey", "SK"));
        Answers answers = new Answers(new S3Errors(config, Optional::empty), InstantSource.fixed(CAME));
        Attempted call = new Attempted("list", "b", Priority.FOREGROUND, Time.SYSTEM);
        Instant ours = Instant.parse("2026-01-02T04:00:00Z").minus(Duration.parse("PT59M59.5S"));
        assertEquals(
                List.of(new Listed("K", 7, Optional.of(ours))),
                answers.page(call, answer, Optional.empty(), true).objects());
        assertEquals(
                List.of(new Listed("K", 7)),
                answers.page(call, answer, Optional.empty(), false).objects());
    }
}
