package org.s3ds.s3;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;

/** Certificates of an authority of our own, made as they are needed. */
final class Certificates {
    private final Path folder;
    private final Keytool keytool;

    /** Makes the authority. */
    Certificates(Path folder) throws IOException, InterruptedException, GeneralSecurityException {
        this.folder = folder;
        this.keytool = new Keytool(folder);
        keytool.make("ca", "our own", "-ext", "bc:c", "-validity", "9");
        keytool.export("ca", file());
    }

    /** The authority's certificate, in PEM. */
    Path file() {
        return folder.resolve("ca.pem");
    }

    /** A server's certificate that holds for a name, made some days ago for some days. */
    SSLContext server(String name, int daysAgo, int days)
            throws IOException, InterruptedException, GeneralSecurityException {
        String alias = "server-" + name + daysAgo;
        keytool.make(
                alias,
                name,
                "-signer",
                "ca",
                "-ext",
                "san=dns:" + name,
                "-startdate",
                "-" + daysAgo + "d",
                "-validity",
                String.valueOf(days));
        return keytool.context(alias);
    }
}
