package org.s3ds.s3;

import java.util.Locale;
import java.util.Map;

/** What to do about a request that failed, for a table of findings. */
final class Advice {
    /** By operation what a store needs to look at what it has put. */
    private static final Map<String, String> LOOKING =
            Map.of("get_acl", "s3:GetObjectAcl", "get_tags", "s3:GetObjectTagging", "head", "s3:GetObject");

    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;

    private Advice() {}

    /**
     * The permission that is missing, where that is what is wrong; otherwise nothing: the failure's own sentence says
     * what to set.
     *
     * @param permission such as {@code s3:PutObject}
     */
    static String about(S3Exception failure, String permission, S3Config config) {
        String missing = LOOKING.getOrDefault(failure.failure().operation(), permission);
        return isDenied(failure) ? "allow " + missing + " on " + IamPolicy.resource(config, missing) : "";
    }

    /** What a failure says. */
    static String sentence(Exception failure) {
        return String.valueOf(failure.getMessage());
    }

    /** Whether the server said that we may not. */
    static boolean isDenied(S3Exception failure) {
        S3Failure what = failure.failure();
        return what.code().equals("AccessDenied")
                || what.code().equals("AllAccessDisabled")
                || (what.code().isEmpty() && (what.status() == FORBIDDEN || what.status() == UNAUTHORIZED));
    }

    /** Whether the server does not know what was asked of it. */
    static boolean isUnknown(S3Exception failure) {
        S3Failure what = failure.failure();
        String code = what.code().toLowerCase(Locale.ROOT);
        return what.status() == 501 || what.status() == 405 || code.contains("notimplemented");
    }
}
