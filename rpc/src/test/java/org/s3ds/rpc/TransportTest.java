package org.s3ds.rpc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.s3ds.node.unixfs.InputNode;

/** Answers on the wire, byte for byte but for the sequence of headers, as recorded of Kubo 0.42.0. */
class TransportTest {
    private RpcServer server;

    @BeforeEach
    void start() throws IOException {
        server = RpcServer.start(Wire.options(Map.of(), Authorizations.NONE), TransportTest::serve);
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private static void serve(RpcRequest request, Reply reply) throws IOException {
        assertTrue(Thread.currentThread().isVirtual());
        switch (String.join("/", request.path())) {
            case "only" -> reply.only(Map.of("A", "<"));
            case "none" -> {}
            case "two" -> {
                reply.value(1L);
                reply.value(2L);
            }
            case "bytes" -> reply.bytes("text/plain", OptionalLong.of(11)).write("hello world".getBytes(UTF_8));
            case "nothing" -> reply.bytes("application/vnd.ipld.raw", OptionalLong.empty());
            case "late" -> {
                reply.value("/docs: path is a directory, use -r to remove directories");
                throw new IOException("can't remove some files");
            }
            case "fail" -> throw new IOException("unrecognized hash function: \"nonsense\"");
            case "client" -> throw new RpcException(RpcException.CLIENT, "no");
            case "bad" -> throw new BadRequestException(400, "argument \"ipfs-path\" is required");
            case "crash" -> throw new IllegalStateException("a secret");
            case "echo" -> reply.only(request.query().toString());
            case "read" -> {
                InputNode.Children files = request.files();
                boolean any = files.next().isPresent();
                reply.only(any && files.next().isEmpty());
            }
            default -> throw BadRequestException.notFound();
        }
    }

    private String post(String path) throws IOException {
        return sorted(Wire.ask(server, "POST " + path + " HTTP/1.1", ""));
    }

    /** An answer with its headers in the order of the alphabet. */
    private static String sorted(String answer) {
        String[] parts = answer.split("\n\n", 2);
        String[] head = parts[0].split("\n");
        return head[0] + "\n" + Arrays.stream(head).skip(1).sorted().collect(Collectors.joining("\n")) + "\n\n"
                + (parts.length > 1 ? parts[1] : "");
    }

    private static String command(String status, String type, String more, String body) {
        return sorted("""
                HTTP/1.1 %s
                Access-Control-Allow-Headers: X-Stream-Output, X-Chunked-Output, X-Content-Length
                Access-Control-Expose-Headers: X-Stream-Output, X-Chunked-Output, X-Content-Length
                Connection: close
                Content-Type: %s
                Server: kubo/0.42.0
                Trailer: X-Stream-Error
                Transfer-Encoding: chunked
                Vary: Origin
                %s
                %s""".formatted(status, type, more, body));
    }

    private static String chunks(String... texts) {
        return Arrays.stream(texts)
                        .map(text -> Integer.toHexString(text.length()).toUpperCase(Locale.ROOT) + "\n" + text + "\n")
                        .collect(Collectors.joining())
                + "0\n\n";
    }

    private static String plain(String status, String sentence) {
        return """
                HTTP/1.1 %s
                Connection: close
                Content-Length: %s
                Content-Type: text/plain; charset=utf-8
                Vary: Origin
                X-Content-Type-Options: nosniff

                %s
                """.formatted(status, sentence.length() + 1, sentence);
    }

    @Test
    void oneValue() throws IOException {
        assertEquals(command("200 OK", "application/json", "", chunks("{\"A\":\"\\u003c\"}\n")), post("/api/v0/only"));
    }

    @Test
    void aStreamOfValuesSaysSo() throws IOException {
        assertEquals(
                command("200 OK", "application/json", "X-Chunked-Output: 1\n", chunks("1\n", "2\n")),
                post("/api/v0/two"));
    }

    @Test
    void noValueIsAStreamOfNone() throws IOException {
        assertEquals(command("200 OK", "application/json", "X-Chunked-Output: 1\n", chunks()), post("/api/v0/none"));
    }

    @Test
    void bytes() throws IOException {
        assertEquals(
                command("200 OK", "text/plain", "X-Content-Length: 11\nX-Stream-Output: 1\n", chunks("hello world")),
                post("/api/v0/bytes"));
        assertEquals(
                command("200 OK", "application/vnd.ipld.raw", "X-Stream-Output: 1\n", chunks()),
                post("/api/v0/nothing"));
    }

    @Test
    void aFailureBeforeTheFirstByteHasAStatus() throws IOException {
        assertEquals(
                command(
                        "500 Server Error",
                        "application/json",
                        "",
                        chunks("{\"Message\":\"unrecognized hash function: \\\"nonsense\\\"\",\"Code\":0,"
                                + "\"Type\":\"error\"}\n")),
                post("/api/v0/fail"));
        assertEquals(
                command(
                        "400 Bad Request",
                        "application/json",
                        "",
                        chunks("{\"Message\":\"no\",\"Code\":1,\"Type\":\"error\"}\n")),
                post("/api/v0/client"));
    }

    @Test
    void aFailureAfterTheFirstByteIsATrailer() throws IOException {
        String value = "\"/docs: path is a directory, use -r to remove directories\"\n";
        assertEquals(
                command("200 OK", "application/json", "X-Chunked-Output: 1\n", chunks(value))
                        .replace("\n0\n\n", "\n0\nX-Stream-Error: can't remove some files\n\n"),
                post("/api/v0/late"));
    }

    @Test
    void aCrashShowsNothingOfItself() throws IOException {
        String answer = post("/api/v0/crash");
        assertTrue(answer.contains("{\"Message\":\"an error occurred\",\"Code\":0,\"Type\":\"error\"}"), answer);
        assertFalse(answer.contains("secret"), answer);
    }

    @Test
    void whatIsNoRequestIsToldInText() throws IOException {
        assertEquals(plain("400 Bad Request", "argument \"ipfs-path\" is required"), post("/api/v0/bad"));
        assertEquals(plain("404 Not Found", "404 page not found"), post("/api/v0/nonsense"));
        assertEquals(plain("404 Not Found", "404 page not found").replace("Vary: Origin\n", ""), post("/nonsense"));
    }

    @Test
    void onlyPostIsServed() throws IOException {
        String allow = "Allow: OPTIONS, POST\n";
        for (String method : List.of("GET", "PUT", "DELETE", "TRACE", "NONSENSE")) {
            assertEquals(
                    plain("405 Method Not Allowed", "405 - Method Not Allowed").replaceFirst("\n", "\n" + allow),
                    sorted(Wire.ask(server, method + " /api/v0/only HTTP/1.1", "")));
        }
        assertEquals(
                "HTTP/1.1 204 No Content\n" + allow + "Connection: close\nVary: Origin\n\n",
                sorted(Wire.ask(server, "OPTIONS /api/v0/only HTTP/1.1", "")));
    }

    @Test
    void anOldClientIsServedWithoutChunks() throws IOException {
        String answer = Wire.ask(server, "POST /api/v0/two HTTP/1.0", "");
        assertTrue(answer.endsWith("\n\n1\n2\n"), answer);
        assertFalse(answer.contains("Transfer-Encoding"), answer);
    }

    @Test
    void requestsInARowAreAnsweredInTheirOrder() throws IOException {
        try (Wire wire = new Wire(server)) {
            wire.send("POST /api/v0/only HTTP/1.1\r\nHost: x\r\n\r\nPOST /api/v0/fail HTTP/1.1\r\nHost: x\r\n\r\n");
            wire.until("HTTP/1.1 200");
            wire.until("HTTP/1.1 500");
            wire.send("POST /api/v0/two HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
            assertTrue(wire.rest().contains("\n2\n1\n\n2\n2\n\n0\n"));
        }
    }

    @Test
    void pathsAndQueriesAreDecodedAndNothingInThemIsResolved() throws IOException {
        assertTrue(
                post("/api/v0/ec%68o?arg=a%2Fb+c&x&y=%zz&z=1=2&arg=%C3%BC").contains("[arg=a/b c, x=, z=1=2, arg=ü]"));
        assertTrue(post("/api/v0/x/../only").startsWith("HTTP/1.1 404 "));
        assertTrue(post("/api/v0/x/%2e%2e/only").startsWith("HTTP/1.1 404 "));
        assertTrue(post("/api/v0/../healthz").startsWith("HTTP/1.1 404 "));
        assertTrue(post("/api/v0/only%00").startsWith("HTTP/1.1 400 "));
        assertTrue(post("/api/v0/only%ff").startsWith("HTTP/1.1 400 "));
        assertTrue(post("/api/v0/only%zz").startsWith("HTTP/1.1 400 "));
    }

    @Test
    void anAnswerBeforeTheEndOfTheBodyClosesTheConnection() throws IOException {
        try (Wire wire = new Wire(server)) {
            wire.send("POST /api/v0/fail HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n12345678");
            assertTrue(wire.until("\r\n\r\n").contains("Connection: close"));
        }
    }

    @Test
    void theConnectionStaysWhenTheBodyWasReadToItsEnd() throws IOException {
        String body = "--b\r\n\r\n\r\n--b--\r\n";
        String head = "POST /api/v0/read HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=b\r\n";
        try (Wire wire = new Wire(server)) {
            for (int i = 0; i < 3; i++) {
                wire.send(head + "Transfer-Encoding: chunked\r\n\r\n10\r\n" + body + "\r\n0\r\n\r\n");
                assertFalse(wire.until("\r\n0\r\n\r\n").contains("Connection: close"));
                wire.send(head + "Content-Length: " + body.length() + "\r\n\r\n" + body);
                assertFalse(wire.until("\r\n0\r\n\r\n").contains("Connection: close"));
            }
        }
    }

    @Test
    void aClientThatWaitsForALeaveToSendGetsIt() throws IOException {
        String head = "POST /api/v0/read HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nConnection: close\r\n"
                + "Content-Type: multipart/form-data; boundary=b\r\nContent-Length: ";
        String body = "--b\r\n\r\n\r\n--b--";
        try (Wire wire = new Wire(server)) {
            wire.send(head + body.length() + "\r\n\r\n");
            assertTrue(wire.until("\r\n\r\n").startsWith("HTTP/1.1 100 "));
            assertTrue(wire.send(body).rest().contains("\ntrue\n"));
        }
    }

    @Test
    void aBodyWithoutABoundaryIsRefused() throws IOException {
        String head = "POST /api/v0/read HTTP/1.1\nContent-Length: 0\nContent-Type: multipart/form-data";
        assertTrue(Wire.ask(server, head, "").contains("\nno multipart boundary param in Content-Type\n"));
    }

    @Test
    void pagesStandBesideTheApi() throws IOException {
        assertTrue(Wire.ask(server, "GET /healthz HTTP/1.1", "").endsWith("\n\nok\n"));
        assertTrue(Wire.ask(server, "GET /webui HTTP/1.1", "").contains("there is no WebUI in s3ds"));
        assertTrue(Wire.ask(server, "POST /healthz HTTP/1.1", "").startsWith("HTTP/1.1 404 "));
    }

    @Test
    void aSocketInTheFileSystemAndSeveralAddresses(@TempDir Path folder) throws IOException {
        Path socket = folder.resolve("s");
        RpcOptions options = new RpcOptions(
                List.of("/ip4/127.0.0.1/tcp/0", "/unix" + socket, "/dns4/localhost/tcp/0", "/ip6/::1/tcp/0"),
                Map.of(),
                Authorizations.NONE,
                "kubo/0.42.0",
                Map.of());
        try (RpcServer several = RpcServer.start(options, TransportTest::serve)) {
            assertEquals("/unix" + socket, several.addresses().get(1));
            for (String address : several.addresses()) {
                RpcClient client = RpcClient.to(address, Optional.empty());
                try (RpcAnswer answer = client.call(List.of("two"), List.of(), Optional.empty())) {
                    assertEquals(1L, answer.next().orElseThrow().json(), address);
                }
            }
        }
        assertFalse(Files.exists(socket));
    }

    @Test
    void anAddressThatIsTakenIsNamedAndNoneIsListenedOn(@TempDir Path folder) throws IOException {
        String taken = server.addresses().getFirst();
        for (String wrong : List.of(taken, "/ip4/127.0.0.1/udp/1", "/unix" + folder.resolve("no/folder"), "x")) {
            RpcOptions options = new RpcOptions(
                    List.of("/unix" + folder.resolve("s"), wrong), Map.of(), Authorizations.NONE, "", Map.of());
            IOException e = assertThrows(IOException.class, () -> RpcServer.start(options, TransportTest::serve));
            assertTrue(String.valueOf(e.getMessage()).contains(wrong), e.getMessage());
            assertFalse(Files.exists(folder.resolve("s")), wrong);
        }
    }
}
