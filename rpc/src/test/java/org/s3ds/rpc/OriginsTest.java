package org.s3ds.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who may ask: web pages by their origin, anybody by a secret. */
class OriginsTest {
    private static final Map<String, List<String>> NO_HEADERS = Map.of();

    private static RpcServer server(Map<String, List<String>> headers, Authorizations authorizations)
            throws IOException {
        return RpcServer.start(Wire.options(headers, authorizations), (_, reply) -> reply.only(1L));
    }

    private static int status(RpcServer server, String headers) throws IOException {
        return status(server, "/api/v0/version", headers);
    }

    private static int status(RpcServer server, String path, String headers) throws IOException {
        String answer = Wire.ask(server, "POST " + path + " HTTP/1.1" + (headers.isEmpty() ? "" : "\n" + headers), "");
        return Integer.parseInt(answer.substring(9, 12));
    }

    @Test
    void pagesOfThisMachinesOwnPortMayAsk() throws IOException {
        try (RpcServer server = server(NO_HEADERS, Authorizations.NONE)) {
            int port = Wire.port(server.addresses().getFirst());
            for (String host : List.of("127.0.0.1", "[::1]", "localhost")) {
                assertEquals(200, status(server, "Origin: http://" + host + ":" + port));
                assertEquals(200, status(server, "Referer: https://" + host + ":" + port + "/x?y"));
                assertEquals(403, status(server, "Origin: http://" + host + ":" + (port ^ 1)));
            }
            assertEquals(200, status(server, "Origin: chrome-extension://nibjojkomfdiaoajekhjakgkdhaomnch"));
        }
    }

    @Test
    void otherPagesMayNot() throws IOException {
        try (RpcServer server = server(NO_HEADERS, Authorizations.NONE)) {
            int port = Wire.port(server.addresses().getFirst());
            assertEquals(200, status(server, ""));
            assertEquals(200, status(server, "User-Agent: curl/8"));
            assertEquals(403, status(server, "User-Agent: Mozilla/5.0"));
            assertEquals(200, status(server, "User-Agent: Mozilla/5.0 Electron/1"));
            for (String origin : List.of("http://evil.example", "null", "http://localhost:" + port + ".evil.example")) {
                assertEquals(403, status(server, "Origin: " + origin), origin);
            }
            assertEquals(403, status(server, "Referer: http://evil.example/"));
            assertEquals(403, status(server, "Referer: :no address:"));
            assertEquals(403, status(server, "Origin: http://localhost:" + port + "\nReferer: http://evil.example/"));
        }
    }

    @Test
    void theConfigMayAllowMore() throws IOException {
        Map<String, List<String>> headers = Map.of(
                "access-control-allow-origin",
                List.of("https://app.example", "http://here:<port>"),
                "Access-Control-Allow-Credentials",
                List.of("true"),
                "X-Mine",
                List.of("a", "b"));
        try (RpcServer server = server(headers, Authorizations.NONE)) {
            int port = Wire.port(server.addresses().getFirst());
            assertEquals(200, status(server, "Origin: http://here:" + port));
            String answer = Wire.ask(server, "POST /api/v0/version HTTP/1.1\nOrigin: https://app.example", "");
            assertTrue(answer.contains("\nAccess-Control-Allow-Origin: https://app.example\n"), answer);
            assertTrue(answer.contains("\nAccess-Control-Allow-Credentials: true\n"), answer);
            assertTrue(answer.contains("\nX-Mine: a\nX-Mine: b\n"), answer);
        }
    }

    @Test
    void aStarAllowsEveryPage() throws IOException {
        Map<String, List<String>> headers = Map.of("Access-Control-Allow-Origin", List.of("*"));
        try (RpcServer server = server(headers, Authorizations.NONE)) {
            String answer = Wire.ask(server, "POST /api/v0/version HTTP/1.1\nOrigin: http://any", "");
            assertTrue(answer.contains("\nAccess-Control-Allow-Origin: *\n"), answer);
        }
    }

    @Test
    void aBrowserIsToldBeforeItSends() throws IOException {
        try (RpcServer server = server(NO_HEADERS, Authorizations.NONE)) {
            String origin = "http://localhost:" + Wire.port(server.addresses().getFirst());
            String asked = "OPTIONS /api/v0/add HTTP/1.1\nAccess-Control-Request-Headers: content-type\n"
                    + "Access-Control-Request-Method: ";
            String yes = Wire.ask(server, asked + "POST\nOrigin: " + origin, "");
            assertTrue(yes.startsWith("HTTP/1.1 204 "), yes);
            assertTrue(yes.contains("\nAccess-Control-Allow-Origin: " + origin + "\n"), yes);
            assertTrue(yes.contains("\nAccess-Control-Allow-Methods: POST\n"), yes);
            assertTrue(yes.contains("\nAccess-Control-Allow-Headers: content-type\n"), yes);
            assertTrue(
                    yes.contains("\nVary: Origin, Access-Control-Request-Method, Access-Control-Request-Headers\n"),
                    yes);
            assertFalse(Wire.ask(server, asked + "PUT\nOrigin: " + origin, "").contains("Access-Control-Allow"));
            assertFalse(
                    Wire.ask(server, asked + "POST\nOrigin: http://evil", "").contains("Access-Control-Allow"));
        }
    }

    @Test
    void secretsOpenWhatTheyAreFor() throws IOException {
        Authorizations users = Authorizations.of(List.of(
                new Authorizations.Entry("bearer:t1", List.of("/api/v0")),
                new Authorizations.Entry("t2", List.of("/api/v0/files")),
                new Authorizations.Entry("basic:u:p:q", List.of("/api/v0/cat")),
                new Authorizations.Entry("basic:dTpy", List.of()),
                new Authorizations.Entry("other:x", List.of("/api/v0"))));
        try (RpcServer server = server(NO_HEADERS, users)) {
            assertEquals(200, status(server, "/api/v0/cat", "Authorization: Bearer t1"));
            assertEquals(200, status(server, "/api/v0/files/ls", "Authorization: Bearer t2"));
            assertEquals(403, status(server, "/api/v0/cat", "Authorization: Bearer t2"));
            assertEquals(403, status(server, "/api/v0/../cat", "Authorization: Bearer t2"));
            assertEquals(200, status(server, "/api/v0/cat", "Authorization: Basic dTpwOnE="));
            assertEquals(200, status(server, "Authorization: Basic dTpy"));
            for (String wrong : List.of("", "X: y", "Authorization: x", "Authorization: other:x", "Authorization: ")) {
                assertEquals(403, status(server, wrong), wrong);
            }
            String denied = Wire.ask(server, "OPTIONS /api/v0/version HTTP/1.1", "");
            assertTrue(
                    denied.endsWith("\n\nKubo RPC Access Denied: Please provide a valid authorization token as defined"
                            + " in the API.Authorizations configuration.\n"),
                    denied);
        }
    }

    @Test
    void usersWithoutAGoodSecretLockEverybodyOut() throws IOException {
        Authorizations users = Authorizations.of(List.of(new Authorizations.Entry("", List.of("/api/v0"))));
        try (RpcServer server = server(NO_HEADERS, users)) {
            assertEquals(403, status(server, "Authorization: "));
            assertEquals(403, status(server, ""));
        }
    }
}
