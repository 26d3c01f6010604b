package org.s3ds.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Daemons that run as processes: how they start, where they listen, how they end. */
@Tag("packaged")
class DaemonTest {
    @TempDir
    Path directory;

    private Cli cli = new Cli(Path.of("none"));

    @BeforeEach
    void makeRepo() {
        cli = new Cli(directory);
        Cli.Result made = cli.run("init", "--profile=flatfs,test");
        assertEquals(0, made.exit(), made.err());
    }

    private void config(String key, String json) {
        Cli.Result set = cli.run("config", "--json", key, json);
        assertEquals(0, set.exit(), set.err());
    }

    private static byte[] post(String path) {
        return ("POST /api/v0/" + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n").getBytes(UTF_8);
    }

    private static byte[] get(String path) {
        return ("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n").getBytes(UTF_8);
    }

    @Test
    void saysWhenItIsReadyAndSigtermEndsItInOrder() throws Exception {
        try (DaemonProcess daemon = DaemonProcess.start(cli)) {
            assertEquals("Initializing daemon...", daemon.lines().getFirst());
            assertEquals("Kubo version: 0.42.0", daemon.lines().get(1));
            assertEquals(Optional.of(daemon.addresses().getFirst()), DaemonProcess.apiFile(cli));
            assertEquals(200, RawHttp.send(daemon.port(), get("/healthz")).status());
            assertEquals(200, RawHttp.send(daemon.port(), get("/readyz")).status());
            String metrics = RawHttp.send(daemon.port(), get("/debug/metrics/prometheus"))
                    .body()
                    .toString(UTF_8);
            assertTrue(metrics.contains("\nipfs_fsrepo_datastore_get_total "), metrics);
            daemon.stop();
            daemon.await(DaemonProcess.STOPPING);
        }
        assertEquals(Optional.empty(), DaemonProcess.apiFile(cli));
        assertFalse(Files.exists(cli.repo().resolve("repo.lock")));
    }

    @Test
    void shutdownEndsItAndCommandsThatNeedTheRepoAloneSaySo() throws Exception {
        try (DaemonProcess daemon = DaemonProcess.start(cli)) {
            Cli.Result second = cli.run("daemon");
            assertEquals(1, second.exit());
            assertEquals(
                    "Error: lock " + cli.repo()
                            + "/repo.lock: someone else has the lock (a daemon, as its file api says:"
                            + " \"s3ds shutdown\" stops it)",
                    second.firstErrorLine());
            assertEquals(0, cli.run("shutdown").exit());
            assertEquals(0, daemon.exit());
        }
        assertEquals("Error: daemon not running", cli.run("shutdown").firstErrorLine());
    }

    @Test
    void anAddThatRunsWhenItIsToldToStopIsFinishedAndNothingNewIsTaken() throws Exception {
        try (DaemonProcess daemon = DaemonProcess.start(cli);
                Socket adding = beginAdd(daemon.port())) {
            daemon.terminate();
            daemon.await(DaemonProcess.STOPPING);
            awaitRefusal(daemon.port());
            chunk(adding, " is whole\r\n--XX--\r\n");
            chunk(adding, "");
            String answer = new String(adding.getInputStream().readAllBytes(), UTF_8);
            assertTrue(answer.contains("\"Hash\":\"QmYGQkjBBaoy9RCqZvMshhAtK1xdz8QySM7yz4J5Q6tDw1\""), answer);
            assertEquals(0, daemon.exit());
        }
        assertEquals(
                "this is whole",
                cli.run("cat", "QmYGQkjBBaoy9RCqZvMshhAtK1xdz8QySM7yz4J5Q6tDw1").out());
    }

    @Test
    void aSecondSignalEndsItAtOnceAndTheNextOneStarts() throws Exception {
        try (DaemonProcess daemon = DaemonProcess.start(cli);
                Socket _ = beginAdd(daemon.port())) {
            daemon.terminate();
            daemon.await(DaemonProcess.STOPPING);
            daemon.terminate();
            assertEquals(255, daemon.exit());
        }
        startsAgain();
    }

    @Test
    void afterAKillTheNextOneStarts() throws Exception {
        try (DaemonProcess daemon = DaemonProcess.start(cli)) {
            daemon.kill();
        }
        startsAgain();
    }

    /** The file of the one that was killed names nobody who answers: commands take the repo themselves. */
    private void startsAgain() throws Exception {
        assertTrue(DaemonProcess.apiFile(cli).isPresent());
        String address = Files.readString(cli.repo().resolve("api"));
        assertEquals(1, cli.run("pin", "ls", "--api", address).exit());
        assertEquals(0, cli.run("pin", "ls").exit());
        try (DaemonProcess next = DaemonProcess.start(cli)) {
            assertEquals(0, cli.run("pin", "ls").exit());
            next.stop();
        }
        assertEquals(Optional.empty(), DaemonProcess.apiFile(cli));
    }

    @Test
    void aPortThatIsTakenIsNamed() throws Exception {
        try (DaemonProcess daemon = DaemonProcess.start(cli)) {
            Cli other = new Cli(Files.createDirectory(directory.resolve("other")));
            assertEquals(0, other.run("init", "--profile=flatfs,test").exit());
            Cli.Result second = other.run("daemon", "--api", daemon.addresses().getFirst());
            assertEquals(1, second.exit());
            assertTrue(second.firstErrorLine().contains(daemon.addresses().getFirst()), second.err());
            assertTrue(second.firstErrorLine().contains("ddress already in use"), second.err());
            assertEquals(Optional.empty(), DaemonProcess.apiFile(other));
            daemon.stop();
        }
    }

    @Test
    void listensOnEveryAddressAndOnASocketInTheFileSystem() throws Exception {
        Path socket = directory.resolve("api.sock");
        config("Addresses.API", "[\"/unix" + socket + "\",\"/ip4/127.0.0.1/tcp/0\"]");
        try (DaemonProcess daemon = DaemonProcess.start(cli)) {
            assertEquals(Optional.of("/unix" + socket), DaemonProcess.apiFile(cli));
            assertEquals(2, daemon.addresses().size());
            assertEquals(0, cli.run("pin", "ls").exit());
            assertEquals(
                    0, cli.run("pin", "ls", "--api", daemon.addresses().get(1)).exit());
            daemon.stop();
        }
        assertFalse(Files.exists(socket));
    }

    @Test
    void anAddressThatOthersCanReachIsRefusedUnlessWhoeverCallsSaysWhoHeIs() throws Exception {
        config("Addresses.API", "\"/ip4/0.0.0.0/tcp/0\"");
        Cli.Result refused = cli.run("daemon");
        assertEquals(1, refused.exit());
        assertTrue(refused.firstErrorLine().startsWith("Error: others can reach /ip4/0.0.0.0/tcp/0, "), refused.err());
        config("API.Authorizations", "{\"me\":{\"AuthSecret\":\"basic:me:word\",\"AllowedPaths\":[\"/api/v0\"]}}");
        try (DaemonProcess daemon = DaemonProcess.start(cli)) {
            assertTrue(daemon.lines().contains("RPC API access is limited by the rules defined in API.Authorizations"));
            assertTrue(DaemonProcess.apiFile(cli).orElse("").startsWith("/ip4/127.0.0.1/tcp/"));
            assertEquals(403, RawHttp.send(daemon.port(), post("pin/ls")).status());
            assertEquals(200, RawHttp.send(daemon.port(), get("/healthz")).status());
            assertEquals(1, cli.run("pin", "ls").exit());
            assertEquals(0, cli.run("pin", "ls", "--api-auth=basic:me:word").exit());
            daemon.stop();
        }
    }

    @Test
    void anOpenAddressIsTakenWhenItsOwnerSaysSo() throws Exception {
        config("Addresses.API", "\"/ip4/0.0.0.0/tcp/0\"");
        try (DaemonProcess daemon = DaemonProcess.start(cli, "--allow-open-api")) {
            assertEquals(200, RawHttp.send(daemon.port(), post("pin/ls")).status());
            daemon.stop();
        }
    }

    @Test
    void makesTheRepoWhenItIsToldTo() throws Exception {
        Cli fresh = new Cli(Files.createDirectory(directory.resolve("fresh")));
        try (DaemonProcess daemon = DaemonProcess.start(fresh, "--init", "--init-profile=flatfs,test")) {
            assertTrue(
                    daemon.lines().contains("initializing IPFS node at " + fresh.repo()),
                    () -> String.join("\n", daemon.lines()));
            daemon.stop();
        }
        try (DaemonProcess again = DaemonProcess.start(fresh, "--init", "--init-profile=flatfs,test")) {
            again.stop();
        }
    }

    @Test
    void systemdIsToldWhenItIsReadyAndWhenItStops() throws Exception {
        try (NotifySocket socket = new NotifySocket(directory.resolve("notify"))) {
            Map<String, String> environment = TestRepo.environment(cli);
            environment.put("NOTIFY_SOCKET", socket.path());
            try (DaemonProcess daemon = DaemonProcess.begin(cli, environment)) {
                assertEquals("READY=1", socket.receive());
                daemon.await(DaemonProcess.READY);
                daemon.stop();
                assertEquals("STOPPING=1", socket.receive());
            }
        }
    }

    @Test
    void whatKuboRefusesToStartWithIsRefused() {
        config("Experimental", "{\"ShardingEnabled\":true}");
        Cli.Result refused = cli.run("daemon");
        assertEquals(1, refused.exit());
        assertTrue(refused.firstErrorLine().contains("`Experimental.ShardingEnabled` field is no longer used"));
        assertEquals(
                List.of("PeerID:"),
                refused.out()
                        .lines()
                        .filter(line -> line.startsWith("PeerID"))
                        .map(line -> line.substring(0, 7))
                        .toList());
    }

    /** An upload whose first half is there. */
    private static Socket beginAdd(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        OutputStream out = socket.getOutputStream();
        out.write("""
                POST /api/v0/add HTTP/1.1\r
                Host: 127.0.0.1\r
                Expect: 100-continue\r
                Content-Type: multipart/form-data; boundary=XX\r
                Transfer-Encoding: chunked\r
                \r
                """.getBytes(UTF_8));
        String head = "HTTP/1.1 100 Continue\r\n\r\n";
        assertEquals(head, new String(socket.getInputStream().readNBytes(head.length()), UTF_8));
        chunk(socket, "--XX\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\nthis");
        return socket;
    }

    private static void chunk(Socket socket, String text) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write("%x\r\n%s\r\n".formatted(text.length(), text).getBytes(UTF_8));
        out.flush();
    }

    /** It prints that it stops just before it does. */
    private static void awaitRefusal(int port) {
        boolean taken = true;
        while (taken) {
            try {
                taken = RawHttp.send(port, post("pin/ls")).status() == 200;
            } catch (IOException _) {
                taken = false;
            }
        }
    }
}
