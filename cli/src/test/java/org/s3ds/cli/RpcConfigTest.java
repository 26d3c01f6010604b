package org.s3ds.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What clients of a daemon get to see of the config, and what they may change in it. */
class RpcConfigTest {
    private static final String REFUSED = "cannot show or change";

    @TempDir
    Path directory;

    @Test
    void secretsAreNeitherShownNorChanged() throws Exception {
        Cli cli = new Cli(directory);
        assertEquals(0, cli.run("init", "--profile=test").exit());
        assertEquals(
                "", cli.run("config", "API.Authorizations.u.AuthSecret", "hush").err());
        Path file = cli.repo().resolve("config");
        String before = Files.readString(file);
        String key = before.replaceFirst("(?s).*\"PrivKey\": \"([^\"]*)\".*", "$1");
        try (InProcessDaemon daemon = InProcessDaemon.start(cli.repo(), cli.environment())) {
            for (String query : List.of(
                    "config?arg=API",
                    "config?arg=API.Authorizations.u.AuthSecret",
                    "config?arg=Identity.PrivKey",
                    "config/show",
                    "config/profile/apply?arg=server&dry-run=true")) {
                String answer = ask(daemon, query);
                assertFalse(answer.contains("hush") || answer.contains(key), answer);
            }
            for (String query : List.of(
                    "config?arg=API.Authorizations.u.AuthSecret&arg=mine",
                    "config?arg=API.Authorizations.other&json=true&arg=%7B%7D",
                    "config?arg=API&json=true&arg=%7B%22Authorizations%22:%7B%7D%7D",
                    "config?arg=AutoTLS.RegistrationToken&arg=mine",
                    "config?arg=Identity.PrivKey&arg=mine")) {
                assertTrue(ask(daemon, query).contains(REFUSED), query);
            }
            assertEquals(before, Files.readString(file));
            assertTrue(ask(daemon, "config?arg=Datastore.StorageMax&arg=7GB").contains("7GB"));
        }
        assertEquals(before.replace("10GB", "7GB"), Files.readString(file));
    }

    private static String ask(InProcessDaemon daemon, String query) throws Exception {
        String request = "POST /api/v0/" + query + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
        return RawHttp.send(daemon.port(), request.getBytes(UTF_8)).body().toString(UTF_8);
    }
}
