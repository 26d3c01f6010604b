package org.s3ds.cli;

import java.util.regex.Pattern;

/** Takes out of a line of a log what nobody may read: libraries log requests and answers as they are. */
final class LoggedSecrets {
    /** Headers whose value is a secret, or proves one; to the end of the line. */
    private static final Pattern HEADER =
            Pattern.compile("(?i)\\b((?:x-amz-security-token|x-amz-s3session-token|x-aws-ec2-metadata-token"
                    + "|x-amz-(?:copy-source-)?server-side-encryption-customer-key"
                    + "|authorization|proxy-authorization|x-amz-sso_bearer_token|cookie)[\"']?\\s*[:=]\\s*)[^\\r\\n]+");

    /** Fields of JSON, XML and of Java's own records, as those answer who hand out keys. */
    private static final Pattern FIELD = Pattern.compile(
            "(?i)((?:secret_?access_?key|secret_?key|session_?token|access_?token|refresh_?token|client_?secret|\\btoken)"
                    + "[\"']?\\s*[:=>]\\s*[\"']?)[^\"'<\\s,})]+");

    private LoggedSecrets() {}

    /** The same text, with {@code ***} for each secret in it. */
    static String masked(String text) {
        String withoutHeaders = HEADER.matcher(text).replaceAll("$1***");
        return FIELD.matcher(withoutHeaders).replaceAll("$1***");
    }
}
