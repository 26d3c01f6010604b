package org.s3ds.s3;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import software.amazon.awssdk.core.exception.SdkClientException;

/** The certificates of a PEM file, which alone may vouch for a server. */
final class TrustedCertificates {
    private final TrustManagerFactory factory;

    private TrustedCertificates(TrustManagerFactory factory) {
        this.factory = factory;
    }

    /**
     * Reads a file.
     *
     * @throws SdkClientException when it cannot be read, or holds no certificates
     */
    static TrustedCertificates read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            Collection<? extends Certificate> certificates =
                    CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (certificates.isEmpty()) {
                throw new UnusableSetting("the caFile " + file + " holds no certificate in PEM");
            }
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (Certificate certificate : certificates) {
                store.setCertificateEntry("ca" + store.size(), certificate);
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            return new TrustedCertificates(factory);
        } catch (IOException e) {
            throw UnusableSetting.ofFile(SpecKey.CA_FILE, file, e);
        } catch (GeneralSecurityException e) {
            UnusableSetting failure = new UnusableSetting(
                    "the caFile " + file + " cannot be read as certificates in PEM: " + e.getMessage());
            failure.addSuppressed(e);
            throw failure;
        }
    }

    TrustManager[] managers() {
        return factory.getTrustManagers();
    }
}
