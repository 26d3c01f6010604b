package org.s3ds.rpc;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Clients that mean no good, against a server with 64 MiB; after each, the next client is served. */
class HostileClientsTest {
    private static final String ADD = "POST /api/v0/add HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
            + "Content-Type: multipart/form-data; boundary=b\r\nContent-Length: ";
    private static final String CAT = "POST /api/v0/cat HTTP/1.1\r\nHost: x\r\n\r\n";

    private final List<Wire> wires = new ArrayList<>();
    private SmallServer server;

    @BeforeEach
    void start() throws IOException {
        server = new SmallServer();
    }

    @AfterEach
    void theNextClientIsServed() throws IOException {
        try (SmallServer last = server) {
            assertTrue(last.ask("left").startsWith("HTTP/1.1 200 "));
            for (Wire wire : wires) {
                wire.close();
            }
            assertTrue(last.ask("left").startsWith("HTTP/1.1 200 "));
        }
    }

    private Wire open() throws IOException {
        Wire wire = new Wire(server.port());
        wires.add(wire);
        return wire;
    }

    /** Sends a text again and again; how often, before the server had enough. */
    private static long repeat(Wire wire, String text, long times) {
        byte[] bytes = text.getBytes(US_ASCII);
        for (long i = 0; i < times; i++) {
            try {
                wire.out().write(bytes);
            } catch (IOException _) {
                return i;
            }
        }
        return times;
    }

    @Test
    void tenThousandHeaderLines() throws IOException {
        Wire wire = open().send("POST /api/v0/left HTTP/1.1\r\nHost: x\r\n");
        repeat(wire, "a: b\r\n", 10_000);
        assertTrue(wire.until("\r\n").startsWith("HTTP/1.1 431 "));
    }

    @Test
    void aHeaderThatDoesNotEnd() throws IOException {
        Wire wire = open().send("POST /api/v0/left HTTP/1.1\r\nHost: x\r\na: ");
        assertTrue(repeat(wire, "x".repeat(1 << 20), 1 << 10) < 1 << 10);
    }

    @Test
    void anOptionOfFourGigabytes() throws IOException {
        Wire wire = open().send("POST /api/v0/left?o=");
        assertTrue(repeat(wire, "x".repeat(1 << 20), 4 << 10) < 4 << 10);
    }

    @Test
    void aMillionTinyParts() throws IOException {
        String part = "--b\r\nContent-Disposition: form-data; filename=f\r\n\r\n\r\n";
        Wire wire = open().send(ADD + (part.length() * 1_000_000L + 5) + "\r\n\r\n");
        repeat(wire, part.repeat(1000), 1000);
        assertTrue(wire.send("--b--").rest().contains("\n1000000\n"));
    }

    @Test
    void headersOfAPartThatDoNotEnd() throws IOException {
        for (String header : List.of("X: y\r\n", "x")) {
            Wire wire = open().send(ADD + "9999999999\r\n\r\n--b\r\n");
            repeat(wire, header.repeat(1000), 100);
            assertTrue(wire.until("\r\n").startsWith("HTTP/1.1 500 "));
        }
    }

    @Test
    void aDirectoryInADirectoryInADirectory() throws IOException {
        String part = "--b\r\nContent-Disposition: form-data; filename=%s\r\n\r\n\r\n";
        String body = part.formatted("a/".repeat(15_000) + "f") + part.formatted("a/".repeat(15_000) + "g") + "--b--";
        assertTrue(open().send(ADD + body.length() + "\r\n\r\n" + body).rest().contains("\n15002\n"));
    }

    @Test
    void aThousandWhoSayNothing() throws IOException {
        for (int i = 0; i < 1000; i++) {
            open();
        }
    }

    @Test
    void manyWhoStopInTheMiddle() throws IOException {
        for (int i = 0; i < 300; i++) {
            open().send("POST /api/v0/left HTTP/1.1\r\nHos");
            open().send(ADD + "9999\r\n\r\n--b\r\nContent-Disp");
        }
    }

    @Test
    void manyWhoAskAndDoNotRead() throws IOException {
        for (int i = 0; i < 100; i++) {
            open().send(CAT);
        }
    }

    @Test
    void whoLeavesInTheMiddleIsNoticed() throws IOException {
        for (int i = 0; i < 50; i++) {
            try (Wire cat = new Wire(server.port());
                    Wire add = new Wire(server.port())) {
                cat.send(CAT).until("\r\n\r\n");
                add.send(ADD + "9999\r\n\r\n--b\r\n");
            }
        }
        String none = "";
        while (!none.endsWith("\n100\n\n0\n\n")) {
            none = server.ask("left");
        }
    }
}
