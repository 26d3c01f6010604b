package org.s3ds.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import javax.net.ServerSocketFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.s3.S3Failure.Outcome;

/** A server whose certificate is not good for it gets nothing, and is asked once. */
@Timeout(120)
class TlsFaultsTest {
    private static final Persistence PERSISTENCE = new Persistence(3, Duration.ofMinutes(10), Duration.ofSeconds(30));

    @TempDir
    private Path folder;

    private Keytool keytool = new Keytool(Path.of(""));

    @BeforeEach
    void begin() {
        keytool = new Keytool(folder);
    }

    @Test
    void aCertificateThatIsGoodIsTaken() throws Exception {
        make("s3", "s3ds test", "SAN=IP:127.0.0.1");
        try (MisbehavingServer server = server("s3");
                FaultyStore store = store(server, folder.resolve("s3.pem"))) {
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
        make("s3", "s3ds test", "SAN=DNS:other.example");
        assertRefused("s3", folder.resolve("s3.pem"));
    }

    @Test
    void aCertificateThatExpiredIsRefused() throws Exception {
        make("authority", "s3ds test", "BC:c=ca:true"); // a certificate that is trusted itself may be of any time
        String[] ofThen = {"-signer", "authority", "-startdate", "-30d", "-validity", "10"};
        make("server", "server", "SAN=IP:127.0.0.1", ofThen);
        assertRefused("server", folder.resolve("authority.pem"));
    }

    @Test
    void aCertificateThatNobodyVouchesForIsRefused() throws Exception {
        make("trusted", "s3ds test", "SAN=IP:127.0.0.1");
        make("other", "s3ds test", "SAN=IP:127.0.0.1");
        assertRefused("other", folder.resolve("trusted.pem"));
    }

    private void assertRefused(String alias, Path trusted) throws Exception {
        try (MisbehavingServer server = server(alias);
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

    private MisbehavingServer server(String alias) throws Exception {
        ServerSocketFactory sockets = keytool.context(alias).getServerSocketFactory();
        MisbehavingServer server = new MisbehavingServer(exchange -> exchange.send(exchange.right()), sockets, "https");
        FaultyCall.fill(server.bucket());
        return server;
    }

    /** Makes a key, and a certificate for it, which is also in a file. */
    private void make(String alias, String name, String extension, String... more) throws Exception {
        Stream<String> options = Stream.concat(Stream.of("-ext", extension), Stream.of(more));
        keytool.make(alias, name, options.toArray(String[]::new));
        keytool.export(alias, folder.resolve(alias + ".pem"));
    }
}
