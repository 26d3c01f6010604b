package org.s3ds.s3;

import java.util.Arrays;
import java.util.Optional;

/**
 * The keys of a spec of type {@code s3ds}, one by one: what a value looks like, what leaving it out means, and what the
 * key is for. The parser, its messages, {@code docs/configuration.md} and {@code doctor} all go by this table.
 */
public enum SpecKey {
    REGION("region", Kind.TEXT, "required", "a region's name, or blank", "the bucket's region, such as `us-east-1`"),
    BUCKET("bucket", Kind.TEXT, "required", "a bucket's name", "the bucket that blocks are in"),
    ACCESS_KEY("accessKey", Kind.TEXT, "required", "an access key, or blank", "blank: the usual credentials"),
    SECRET_KEY("secretKey", Kind.SECRET, "required", "a secret key, or blank", "the secret of `accessKey`"),
    SESSION_TOKEN("sessionToken", Kind.SECRET, "", "a session token", "what belongs to temporary keys"),
    REGION_ENDPOINT(
            "regionEndpoint",
            Kind.ADDRESS,
            "AWS",
            "http:// or https://, a host, a port, a path; without a scheme https is meant",
            "the server, when it is not AWS"),
    ROOT_DIRECTORY("rootDirectory", Kind.TEXT, "", "a folder without `..`", "what the names of objects begin with"),
    WORKERS("workers", Kind.NUMBER, "100", "1 to 65535", "requests in flight at most"),
    CREDENTIALS_ENDPOINT(
            "credentialsEndpoint",
            Kind.ADDRESS,
            "",
            "http:// or https://, a host, a port, a path",
            "a server that hands out temporary keys, asked as a container's would be"),
    KEY_TRANSFORM(
            "keyTransform", Kind.TEXT, "default", "\"default\"", "how 3box's variant names objects; others refused"),
    PATH_STYLE(
            "pathStyle",
            Kind.CHOICE,
            "auto",
            "true, false, \"auto\"",
            "true: the bucket in the path; false: in the host's name; auto: in the path with `regionEndpoint`, in the"
                    + " name for AWS"),
    DUAL_STACK("dualStack", Kind.FLAG, "false", "true, false", "AWS's endpoints that have IPv6 addresses too"),
    FIPS("fips", Kind.FLAG, "false", "true, false", "AWS's endpoints with FIPS 140 cryptography"),
    ACCELERATE("accelerate", Kind.FLAG, "false", "true, false", "AWS's transfer acceleration"),
    CA_FILE(
            "caFile",
            Kind.FILE,
            "Java's own",
            "a file of certificates in PEM",
            "who may vouch for the server, instead"),
    PROXY(
            "proxy",
            Kind.ADDRESS,
            "HTTPS_PROXY, HTTP_PROXY, NO_PROXY",
            "http://, user and password if it wants them, a host, a port",
            "the HTTP proxy that all requests go through"),
    PROFILE("profile", Kind.TEXT, "AWS_PROFILE, else default", "a profile's name", "which profile of `~/.aws` to use"),
    ROLE_ARN("roleArn", Kind.TEXT, "", "a role's ARN", "the role to assume with the keys that were found"),
    EXTERNAL_ID("externalId", Kind.TEXT, "", "2 to 1224 characters", "what the role's owner wants to hear"),
    ANONYMOUS("anonymous", Kind.FLAG, "false", "true, false", "no signature when there are no keys at all"),
    EXPECTED_BUCKET_OWNER(
            "expectedBucketOwner",
            Kind.TEXT,
            "",
            "an account's 12 digits",
            "whose bucket it must be, or nothing is done"),
    SSE(
            "sse",
            Kind.CHOICE,
            "none",
            "\"none\", \"s3\", \"kms\", \"c\"",
            "encryption by the server: with its own key, one of KMS, or ours"),
    SSE_KMS_KEY_ID("sseKmsKeyId", Kind.TEXT, "the bucket's", "a KMS key's id or ARN", "which key of KMS"),
    SSE_CUSTOMER_KEY_FILE(
            "sseCustomerKeyFile",
            Kind.FILE,
            "",
            "a file for its owner's eyes alone (mode 0600) with 32 bytes, or their base64",
            "our key, sent with each request"),
    STORAGE_CLASS(
            "storageClass", Kind.TEXT, "the bucket's", "capitals, digits and underscores", "such as `STANDARD_IA`"),
    TAGS(
            "tags",
            Kind.TEXTS,
            "",
            "at most 10: names of 1 to 128 characters, values of at most 256; letters, digits, spaces and + - = . _ : / @",
            "tags of each object"),
    REQUESTER_PAYS("requesterPays", Kind.FLAG, "false", "true, false", "we pay for requests on another's bucket"),
    ACL(
            "acl",
            Kind.CHOICE,
            "the bucket's",
            "\"private\", \"public-read\", \"public-read-write\", \"authenticated-read\", \"aws-exec-read\","
                    + " \"bucket-owner-read\", \"bucket-owner-full-control\"",
            "who else may read each object"),
    CHECKSUM(
            "checksum",
            Kind.CHOICE,
            "none",
            "\"none\", \"md5\", \"sha256\"",
            "a checksum in a header of its own: `Content-MD5` or `x-amz-checksum-sha256`"),
    PAYLOAD_SIGNING(
            "payloadSigning",
            Kind.CHOICE,
            "digest",
            "\"digest\", \"unsigned\"",
            "whether the signature covers the bytes put; unsigned needs a checksum"),
    MAX_CONNECTIONS(
            "maxConnections", Kind.NUMBER, "as many as workers", "as many as workers, to 65535", "open connections"),
    CONNECT_TIMEOUT("connectTimeout", Kind.DURATION, "10s", "1ms to 1h", "how long to wait for a connection"),
    REQUEST_TIMEOUT("requestTimeout", Kind.DURATION, "1m", "1ms to 1h", "how long one attempt may take"),
    RETRY_MAX_ATTEMPTS("retryMaxAttempts", Kind.NUMBER, "6", "1 to 100", "how often a request is sent at most"),
    RETRY_MAX_ELAPSED("retryMaxElapsed", Kind.DURATION, "2m", "1ms to 24h", "how long a call may take, waits included"),
    MAX_REQUESTS_PER_SECOND(
            "maxRequestsPerSecond", Kind.NUMBER, "no ceiling", "0.1 or more", "ceiling of the request rate"),
    BACKGROUND_SHARE(
            "backgroundShare",
            Kind.NUMBER,
            "0.25",
            "more than 0, to 1",
            "how much of workers and rate background work gets while others wait"),
    READ_BUCKETS(
            "readBuckets",
            Kind.SPECS,
            "",
            "specs of s3ds without readBuckets, access and readOnly; accessKey and secretKey may be left out",
            "further buckets that get, has and size look in"),
    ACCESS(
            "access",
            Kind.CHOICE,
            "shared",
            "\"exclusive\", \"shared\", \"read-only\"",
            "who else may write and delete below `rootDirectory`: nobody, which is made known there by a claim; anybody,"
                    + " so that nothing is deleted for not being needed by this repo; others alone"),
    READ_ONLY("readOnly", Kind.FLAG, "false", "true, false", "true: the same as `access` \"read-only\""),
    PLACE_NAME(
            "placeName",
            Kind.TEXT,
            "",
            "any text",
            "what tells it from a place of the same bucket and `rootDirectory` at another server, in what the repo"
                    + " remembers of claims and blocks; `migrate` sets it, and it stays as long as the blocks are there"),
    INDEX(
            "index",
            Kind.FLAG,
            "true",
            "true, false",
            "whether the repo remembers which blocks are there and how large they are, so that nobody is asked"),
    INDEX_PRESENT_FOR(
            "indexPresentFor",
            Kind.DURATION,
            "10m",
            "0s to 24h",
            "how long a block that was seen is held to be there, unless `access` is \"exclusive\""),
    INDEX_ABSENT_FOR(
            "indexAbsentFor",
            Kind.DURATION,
            "10s",
            "0s to 24h",
            "how long a block that was not there is held to be absent, unless `access` is \"exclusive\""),
    PRICE_FILE(
            "priceFile",
            Kind.FILE,
            "the table that comes with s3ds",
            "lines of: server, storage class, US dollars for 1,000 puts, lists, reads",
            "what requests cost, for the metric `s3ds.cost_usd`");

    /** What a value looks like in JSON. */
    public enum Kind {
        /** A string. */
        TEXT("string"),
        /** A string that is never shown. */
        SECRET("string, secret"),
        /** A string, one of a few; true and false where they are allowed. */
        CHOICE("one of"),
        /** True or false. */
        FLAG("boolean"),
        /** A number. */
        NUMBER("number"),
        /** A string like {@code 10s}, {@code 1m30s} or {@code 500ms}. */
        DURATION("duration"),
        /** A string: an URL, whose user and password are never shown. */
        ADDRESS("address"),
        /** A string: a file's path; one that is not absolute begins at the repo's folder. */
        FILE("file"),
        /** An object of strings. */
        TEXTS("object of strings"),
        /** An array of objects. */
        SPECS("array of objects");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    private final String key;
    private final Kind kind;
    private final String standard;
    private final String allowed;
    private final String meaning;

    SpecKey(String key, Kind kind, String standard, String allowed, String meaning) {
        this.key = key;
        this.kind = kind;
        this.standard = standard;
        this.allowed = allowed;
        this.meaning = meaning;
    }

    /** As a spec spells it, such as {@code pathStyle}. */
    public String key() {
        return key;
    }

    /** What a value looks like. */
    public Kind kind() {
        return kind;
    }

    /** What leaving it out means; empty for nothing, {@code required} when it cannot be left out. */
    public String standard() {
        return standard;
    }

    /** Which values are allowed, for a sentence. */
    public String allowed() {
        return allowed;
    }

    /** What it is for, in a line of Markdown. */
    public String meaning() {
        return meaning;
    }

    /** The key that a spec spells so; empty for none. */
    public static Optional<SpecKey> of(String key) {
        return Arrays.stream(values()).filter(known -> known.key.equals(key)).findFirst();
    }

    @Override
    public String toString() {
        return key;
    }
}
