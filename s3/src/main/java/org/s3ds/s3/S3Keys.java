package org.s3ds.s3;

/**
 * The keys of a spec. Blank means: not in the spec, ask the SDK's default chain (environment, profile, container,
 * instance).
 *
 * @param access the access key, or blank
 * @param secret the secret key, or blank
 * @param session the session token of temporary keys, or blank
 */
public record S3Keys(String access, String secret, String session) {
    /** Whether both keys are there; with one alone neither is used, as in go-ds-s3. */
    public boolean areGiven() {
        return !access.isEmpty() && !secret.isEmpty();
    }

    /** Without what is secret. */
    @Override
    public String toString() {
        return "S3Keys[access=" + access + ", secret=" + masked(secret) + ", session=" + masked(session) + "]";
    }

    private static String masked(String text) {
        return text.isEmpty() ? "" : "***";
    }
}
