package org.s3ds.s3;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.s3ds.datastore.Key;

/** The least that a store must be allowed at AWS, as a policy in JSON. */
final class IamPolicy {
    private final S3Config config;
    private final List<String> statements = new ArrayList<>();

    private IamPolicy(S3Config config) {
        this.config = config;
    }

    /** For a store with all that its spec asks for; reading alone when it is read-only. */
    static String of(S3Config config) {
        return new IamPolicy(config).text();
    }

    /** What a permission is for: the bucket, or the objects below the root directory. */
    static String resource(S3Config config, String permission) {
        return permission.contains("Object") && !permission.contains("Bucket") ? objects(config) : bucket(config);
    }

    private String text() {
        addBucket("", config, config.readOnly());
        int number = 0;
        for (S3Config further : config.readBuckets()) {
            addBucket("Read" + ++number, further, true);
        }
        if (config.objects().encryption() instanceof Encryption.ByKms kms
                && !kms.keyId().isEmpty()) {
            statement("Encryption", List.of("kms:GenerateDataKey", "kms:Decrypt"), kms.keyId(), "");
        }
        if (!config.identity().roleArn().isEmpty()) {
            statement("Role", List.of("sts:AssumeRole"), config.identity().roleArn(), "");
        }
        return """
                {
                  "Version": "2012-10-17",
                  "Statement": [
                %s
                  ]
                }
                """.formatted(String.join(",\n", statements));
    }

    private void addBucket(String sid, S3Config of, boolean readOnly) {
        // IfExists: a GET of an absent object is answered 404 only to those who may list, and such a GET has no prefix
        String root = new ObjectNames(of.rootDirectory()).below(Key.ROOT);
        String condition = root.isEmpty()
                ? ""
                : ",\n  \"Condition\": { \"StringLikeIfExists\": { \"s3:prefix\": \"" + root + "*\" } }";
        statement(sid + "List", List.of("s3:ListBucket"), bucket(of), condition);
        List<String> actions = new ArrayList<>(List.of("s3:GetObject"));
        if (!readOnly) {
            actions.addAll(List.of("s3:PutObject", "s3:DeleteObject"));
            if (!of.objects().tags().isEmpty()) {
                actions.addAll(List.of("s3:PutObjectTagging", "s3:GetObjectTagging"));
            }
            if (!of.objects().acl().isEmpty()) {
                actions.addAll(List.of("s3:PutObjectAcl", "s3:GetObjectAcl"));
            }
        }
        statement(sid + "Blocks", actions, objects(of), "");
        if (sid.isEmpty()) {
            statement(
                    "OnlyForDoctor",
                    List.of(
                            "s3:GetBucketVersioning",
                            "s3:GetLifecycleConfiguration",
                            "s3:GetBucketObjectLockConfiguration"),
                    bucket(of),
                    "");
        }
    }

    private void statement(String sid, List<String> actions, String resource, String condition) {
        String list = actions.stream().map(action -> "\"" + action + "\"").collect(Collectors.joining(", "));
        statements.add("""
                {
                  "Sid": "%s",
                  "Effect": "Allow",
                  "Action": [%s],
                  "Resource": "%s"%s
                }
                """.formatted(sid, list, resource, condition).indent(4).stripTrailing());
    }

    private static String bucket(S3Config config) {
        return "arn:" + partition(config.region()) + ":s3:::" + config.bucket();
    }

    private static String objects(S3Config config) {
        return bucket(config) + "/" + new ObjectNames(config.rootDirectory()).below(Key.ROOT) + "*";
    }

    private static String partition(String region) {
        if (region.startsWith("cn-")) {
            return "aws-cn";
        }
        return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
    }
}
