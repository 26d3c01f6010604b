package org.s3ds.s3;

import java.util.Locale;
import java.util.Map;

/** What to do about a request that failed, for a table of findings. */
final class Advice {
    /** By operation what it needs. */
    private static final Map<String, String> PERMISSIONS = Map.ofEntries(
            Map.entry("put", "s3:PutObject"),
            Map.entry("get", "s3:GetObject"),
            Map.entry("head", "s3:GetObject"),
            Map.entry("delete", "s3:DeleteObject"),
            Map.entry("delete_objects", "s3:DeleteObject"),
            Map.entry("get_tags", "s3:GetObjectTagging"),
            Map.entry("get_acl", "s3:GetObjectAcl"),
            Map.entry("list", "s3:ListBucket"),
            Map.entry("get_versioning", "s3:GetBucketVersioning"),
            Map.entry("get_lifecycle", "s3:GetLifecycleConfiguration"),
            Map.entry("get_object_lock", "s3:GetBucketObjectLockConfiguration"));

    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;

    private Advice() {}

    /**
     * The permission that is missing, where that is what is wrong; otherwise nothing: the failure's own sentence says
     * what to set.
     */
    static String about(S3Exception failure, S3Config config) {
        String missing = PERMISSIONS.getOrDefault(failure.failure().operation(), "");
        return isDenied(failure) && !missing.isEmpty()
                ? "allow " + missing + " on " + IamPolicy.resource(config, missing)
                : "";
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
