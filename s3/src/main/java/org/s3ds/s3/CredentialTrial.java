package org.s3ds.s3;

import java.util.ArrayList;
import java.util.List;
import org.s3ds.datastore.Finding;
import org.s3ds.s3.credentials.Credentials;
import org.s3ds.s3.credentials.CredentialsException;
import org.s3ds.s3.credentials.Found;

/** Where the keys come from. */
final class CredentialTrial {
    private static final String CHECK = "credentials";

    private CredentialTrial() {}

    static List<Finding> of(Credentials credentials) {
        List<Finding> findings = new ArrayList<>();
        try {
            Found found = credentials.found();
            String access = String.valueOf(found.keys().accessKeyId());
            findings.add(Finding.good(CHECK, access.equals("null") ? found.toString() : access + ", from " + found));
        } catch (CredentialsException e) {
            findings.add(Finding.bad(CHECK, Advice.sentence(e), ""));
        }
        credentials.warnings().forEach(warning -> findings.add(Finding.warning(CHECK, warning, "")));
        return findings;
    }
}
