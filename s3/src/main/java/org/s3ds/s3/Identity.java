package org.s3ds.s3;

import java.net.URI;
import java.util.Optional;

/**
 * Who we are.
 *
 * @param keys the keys of the spec; blank for those that are found
 * @param profile which profile of {@code ~/.aws} to use; blank for the usual
 * @param roleArn the role to assume with the keys; blank for none
 * @param externalId what the role's owner wants to hear; blank for nothing
 * @param credentialsEndpoint a server that hands out keys; empty for none
 * @param anonymous whether requests go unsigned when there are no keys
 */
public record Identity(
        S3Keys keys,
        String profile,
        String roleArn,
        String externalId,
        Optional<URI> credentialsEndpoint,
        boolean anonymous) {
    /** Keys as they are found. */
    public static final Identity USUAL = of(new S3Keys("", "", ""));

    private static final int LONGEST_EXTERNAL_ID = 1224;

    /** Checks what no spec may say. */
    public Identity {
        if (!externalId.isEmpty() && roleArn.isEmpty()) {
            throw WrongSetting.beside(
                    SpecKey.EXTERNAL_ID, externalId, "roleArn is not set", "with roleArn, or leave it out");
        }
        if (!externalId.isEmpty() && (externalId.length() < 2 || externalId.length() > LONGEST_EXTERNAL_ID)) {
            throw new WrongSetting(SpecKey.EXTERNAL_ID, externalId);
        }
        if (!roleArn.isEmpty() && !roleArn.matches("arn:[^:]+:iam::[^:]*:role/\\S+")) {
            throw new WrongSetting(
                    SpecKey.ROLE_ARN, roleArn, "a role's ARN, such as arn:aws:iam::123456789012:role/name");
        }
        if (keys.areGiven() && !profile.isEmpty()) {
            throw WrongSetting.beside(SpecKey.PROFILE, profile, "accessKey is set", "one of the two");
        }
        if (keys.areGiven() && anonymous) {
            throw WrongSetting.beside(SpecKey.ANONYMOUS, true, "accessKey is set", "one of the two");
        }
    }

    /** Keys, and nothing else. */
    public static Identity of(S3Keys keys) {
        return new Identity(keys, "", "", "", Optional.empty(), false);
    }
}
