package org.s3ds.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.net.ServerSocketFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.s3.S3Failure.Outcome;

/** A server whose certificate is not good for it gets nothing, and is asked once. */
@Timeout(120)
class TlsFaultsTest {
    private static final Persistence PERSISTENCE = new Persistence(3, Duration.ofMinutes(10), Duration.ofSeconds(30));
    private static final String PASSWORD = "password";

    @TempDir
    private Path folder;

    @Test
    void aCertificateThatIsGoodIsTaken() throws Exception {
        make("SAN=IP:127.0.0.1");
        try (MisbehavingServer server = server();
                FaultyStore store = store(server, folder.resolve("cert.pem"))) {
            for (FaultyCall call : FaultyCall.values()) {
                server.bucket().put("node1/K1", "value 1");
                FaultyCall.fill(server.bucket());
                call.run(store.store(), server.bucket());
                server.bucket().names().stream()
                        .filter(name -> !name.matches("node1/K[0-4]"))
                        .forEach(server.bucket()::remove);
            }
        }
    }

    @Test
    void aCertificateOfAnotherNameIsRefused() throws Exception {
        make("SAN=DNS:other.example");
        assertRefused(folder.resolve("cert.pem"));
    }

    @Test
    void aCertificateThatExpiredIsRefused() throws Exception {
        makeSigned("SAN=IP:127.0.0.1", "-startdate", "-30d", "-validity", "10");
        assertRefused(folder.resolve("authority.pem"));
    }

    @Test
    void aCertificateThatNobodyVouchesForIsRefused() throws Exception {
        make("SAN=IP:127.0.0.1");
        Path trusted = folder.resolve("trusted.pem");
        Files.move(folder.resolve("cert.pem"), trusted);
        make("SAN=IP:127.0.0.1");
        assertRefused(trusted);
    }

    private void assertRefused(Path trusted) throws Exception {
        try (MisbehavingServer server = server();
                FaultyStore store = store(server, trusted)) {
            for (FaultyCall call : FaultyCall.values()) {
                DatastoreException failure =
                        assertThrows(DatastoreException.class, () -> call.run(store.store(), server.bucket()));
                S3Exception one = FaultyCall.failures(failure).getFirst();
                assertTrue(one.toString().contains("no secure connection to"), one.toString());
                assertEquals(1, one.failure().attempts(), one.toString());
                assertEquals(
                        call.isRead() ? Outcome.UNKNOWN : Outcome.REFUSED,
                        one.failure().outcome());
            }
            assertEquals(List.of(), server.requests());
        }
    }

    private FaultyStore store(MisbehavingServer server, Path trusted) throws Exception {
        S3Config config = FaultyStore.config(server.endpoint());
        return new FaultyStore(
                config.withEndpoint(URI.create(server.endpoint()))
                        .with(config.transport().withCaFile(trusted)),
                PERSISTENCE,
                new Random(1));
    }

    private MisbehavingServer server() throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream file = Files.newInputStream(folder.resolve("keys.p12"))) {
            keys.load(file, PASSWORD.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(managers.getKeyManagers(), null, null);
        ServerSocketFactory sockets = tls.getServerSocketFactory();
        MisbehavingServer server = new MisbehavingServer(exchange -> exchange.send(exchange.right()), sockets, "https");
        FaultyCall.fill(server.bucket());
        return server;
    }

    /** Makes a key, and a certificate for it, as keytool is told. */
    private void make(String extension, String... more) throws Exception {
        Files.deleteIfExists(folder.resolve("keys.p12"));
        List<String> words = new ArrayList<>(List.of(
                "-genkeypair", "-alias", "s3", "-keyalg", "EC", "-groupname", "secp256r1", "-dname", "CN=s3ds test"));
        words.addAll(List.of("-ext", extension));
        words.addAll(List.of(more));
        keytool(words);
        keytool(new ArrayList<>(List.of(
                "-exportcert",
                "-rfc",
                "-alias",
                "s3",
                "-file",
                folder.resolve("cert.pem").toString())));
    }

    /** The same, and it is another that vouches: a certificate that is trusted itself may be of any time. */
    private void makeSigned(String extension, String... more) throws Exception {
        make("BC:c=ca:true");
        Path authority = folder.resolve("authority.pem");
        Files.move(folder.resolve("cert.pem"), authority);
        keytool(new ArrayList<>(List.of(
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=server",
                "-signer",
                "s3",
                "-ext",
                extension,
                more[0],
                more[1],
                more[2],
                more[3])));
        keytool(new ArrayList<>(List.of("-delete", "-alias", "s3")));
    }

    private void keytool(List<String> words) throws IOException, InterruptedException {
        words.addFirst(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        words.addAll(List.of("-keystore", folder.resolve("keys.p12").toString(), "-storepass", PASSWORD));
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertEquals(0, process.waitFor(), output);
    }
}
