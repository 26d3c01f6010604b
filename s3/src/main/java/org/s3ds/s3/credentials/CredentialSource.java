package org.s3ds.s3.credentials;

/** The places that keys may come from, in the order in which they are asked. */
public enum CredentialSource {
    /** {@code accessKey} and {@code secretKey} of the spec. */
    SPEC("the spec"),
    /** {@code AWS_ACCESS_KEY_ID} and {@code AWS_SECRET_ACCESS_KEY}. */
    ENVIRONMENT("the environment"),
    /** {@code AWS_WEB_IDENTITY_TOKEN_FILE} and {@code AWS_ROLE_ARN}. */
    WEB_IDENTITY("web identity"),
    /** A profile of {@code ~/.aws/config} and {@code ~/.aws/credentials}. */
    PROFILE("profile"),
    /** The endpoint of the container, or {@code credentialsEndpoint}. */
    CONTAINER("credentials endpoint"),
    /** The metadata of an EC2 instance, version 2. */
    INSTANCE("instance metadata"),
    /** None: requests go unsigned. */
    ANONYMOUS("anonymous");

    private final String text;

    CredentialSource(String text) {
        this.text = text;
    }

    /** For people. */
    @Override
    public String toString() {
        return text;
    }
}
