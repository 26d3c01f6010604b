package org.s3ds.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a query may say, as Kubo 0.43.1 takes it, beside what was recorded. */
class RpcCommandsTest {
    private static final String EMPTY = "QmUNLLsPACCz1vLxQVkXqqLX5R1X345qqfHbsf67hvA3Nn";

    @TempDir
    Path directory;

    private InProcessDaemon daemon;

    @BeforeEach
    void start() throws IOException {
        Cli cli = new Cli(directory);
        assertEquals(0, cli.run("init", "--profile=test").exit());
        daemon = InProcessDaemon.start(cli.repo(), cli.environment());
    }

    @AfterEach
    void stop() throws IOException {
        daemon.close();
    }

    private RawHttp.Answer ask(String pathAndQuery) throws IOException {
        return ask(pathAndQuery, "");
    }

    private RawHttp.Answer ask(String pathAndQuery, String part) throws IOException {
        String body = part.isEmpty()
                ? ""
                : "--X\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\n" + part + "\r\n--X--\r\n";
        String type = part.isEmpty() ? "" : "Content-Type: multipart/form-data; boundary=X\r\n";
        String request = "POST /api/v0/%s HTTP/1.1\r\nHost: here\r\nConnection: close\r\n%sContent-Length: %d\r\n\r\n%s"
                .formatted(pathAndQuery, type, body.length(), body);
        return RawHttp.send(daemon.port(), request.getBytes(UTF_8));
    }

    private static String body(RawHttp.Answer answer) {
        return answer.body().toString(UTF_8);
    }

    @Test
    void textIsWrittenInPlaceOfJsonWhereItIsAskedFor() throws IOException {
        RawHttp.Answer text = ask("block/stat?enc=text&arg=" + EMPTY);
        assertEquals("Key: " + EMPTY + "\nSize: 4\n", body(text));
        assertEquals(List.of("text/plain"), text.values("Content-Type"));
        assertEquals(EMPTY + " recursive\n", body(ask("pin/ls?encoding=text&type=recursive&stream=true")));
        assertEquals(EMPTY + " recursive\n", body(ask("pin/ls?encoding=text&type=recursive")));
        RawHttp.Answer removed = ask("block/rm?enc=text&arg=" + EMPTY);
        assertEquals("cannot remove " + EMPTY + ": pinned: recursive\n", body(removed));
        assertEquals(List.of(Map.entry("X-Stream-Error", "some blocks not removed")), removed.trailers());
        assertEquals(500, ask("block/stat?enc=text&arg=nonsense").status());
    }

    @Test
    void anEncodingThatThereIsNotIsRefused() throws IOException {
        RawHttp.Answer answer = ask("block/stat?enc=nonsense&arg=" + EMPTY);
        assertEquals(400, answer.status());
        assertEquals("invalid encoding: nonsense\n", body(answer));
    }

    @Test
    void theLastPartOfAPathIsAnArgumentAndMoreOfThemThanACommandTakesArePassedOver() throws IOException {
        String stat = "{\"Key\":\"" + EMPTY + "\",\"Size\":4}\n";
        assertEquals(stat, body(ask("block/stat/" + EMPTY)));
        assertEquals(stat, body(ask("block/stat/" + EMPTY + "?arg=second&arg=third")));
    }

    @Test
    void argumentsMayBeTheLinesOfABody() throws IOException {
        assertEquals("{\"Key\":\"" + EMPTY + "\",\"Size\":4}\n", body(ask("block/stat", EMPTY + "\n")));
        RawHttp.Answer none = ask("block/stat", "\n");
        assertEquals(400, none.status());
        assertEquals("argument \"cid\" is required\n", body(none));
    }

    @Test
    void argumentsThatAreTooLongAreRefused() throws IOException {
        RawHttp.Answer answer = ask("block/stat", "Qm\n".repeat(2_000_000));
        assertEquals(400, answer.status());
        assertTrue(body(answer).startsWith("the arguments in the body are longer than"), body(answer));
    }

    @Test
    void aProfileIsAnArchiveOfWhatTheThreadsDo() throws IOException {
        RawHttp.Answer answer = ask("diag/profile?profile-time=0");
        assertEquals(List.of("application/zip"), answer.values("Content-Type"));
        Map<String, String> files = new TreeMap<>();
        try (ZipInputStream zip =
                new ZipInputStream(new ByteArrayInputStream(answer.body().toByteArray()))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), new String(zip.readAllBytes(), UTF_8));
            }
        }
        assertEquals(Set.of("memory.txt", "threads.txt", "version.json"), files.keySet());
        assertTrue(String.valueOf(files.get("threads.txt")).contains("DiagProfileCommand"));
    }

    @Test
    void thereAreNoPinningServicesButThoseOfTheConfig() throws IOException {
        assertEquals("{\"RemoteServices\":[]}\n", body(ask("pin/remote/service/ls?stat=true")));
    }

    @Test
    void optionsThatNobodyKnowsArePassedOver() throws IOException {
        assertEquals(200, ask("block/stat?nonsense=1&arg=" + EMPTY).status());
        assertEquals(200, ask("block/stat?help=true&arg=" + EMPTY).status());
    }

    @Test
    void aTimeThatIsOverIsAnErrorAndOneThatCannotBeReadAnEmptyAnswer() throws IOException {
        assertEquals("", body(ask("block/stat?timeout=nonsense&arg=" + EMPTY)));
        assertEquals(200, ask("block/stat?timeout=30s&arg=" + EMPTY).status());
    }
}
