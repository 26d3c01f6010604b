package org.s3ds.s3;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** Certificates of an authority of our own, made by {@code keytool} as they are needed. */
final class Certificates {
    private static final String PASSWORD = "changeit";

    private final Path folder;

    /** Makes the authority. */
    Certificates(Path folder) throws IOException, InterruptedException {
        this.folder = folder;
        keytool(
                "-genkeypair",
                "-alias",
                "ca",
                "-keyalg",
                "EC",
                "-dname",
                "CN=our own",
                "-ext",
                "bc:c",
                "-validity",
                "9");
        keytool("-exportcert", "-alias", "ca", "-rfc", "-file", file().toString());
    }

    /** The authority's certificate, in PEM. */
    Path file() {
        return folder.resolve("ca.pem");
    }

    /** A server's certificate that holds for a name, made some days ago for some days. */
    SSLContext server(String name, int daysAgo, int days)
            throws IOException, InterruptedException, GeneralSecurityException {
        String alias = "server-" + name + daysAgo;
        keytool("-genkeypair", "-alias", alias, "-keyalg", "EC", "-dname", "CN=" + name);
        String request = folder.resolve(alias + ".csr").toString();
        String certificate = folder.resolve(alias + ".pem").toString();
        keytool("-certreq", "-alias", alias, "-file", request);
        keytool(
                "-gencert",
                "-alias",
                "ca",
                "-rfc",
                "-infile",
                request,
                "-outfile",
                certificate,
                "-ext",
                "san=dns:" + name,
                "-startdate",
                "-" + daysAgo + "d",
                "-validity",
                String.valueOf(days));
        keytool("-importcert", "-noprompt", "-alias", alias, "-file", certificate);
        return context(alias);
    }

    private SSLContext context(String alias) throws IOException, GeneralSecurityException {
        KeyStore all = load();
        KeyStore one = KeyStore.getInstance("PKCS12");
        one.load(null, null);
        one.setKeyEntry(
                alias,
                all.getKey(alias, PASSWORD.toCharArray()),
                PASSWORD.toCharArray(),
                all.getCertificateChain(alias));
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(one, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private KeyStore load() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(folder.resolve("keys.p12"))) {
            store.load(in, PASSWORD.toCharArray());
        }
        return store;
    }

    private void keytool(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of(
                "-keystore", folder.resolve("keys.p12").toString(), "-storetype", "PKCS12", "-storepass", PASSWORD));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("keytool.log").toFile())
                .start();
        if (process.waitFor() != 0) {
            throw new IOException(Files.readString(folder.resolve("keytool.log")));
        }
    }
}
