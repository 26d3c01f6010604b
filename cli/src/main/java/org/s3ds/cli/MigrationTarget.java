package org.s3ds.cli;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The store that {@code migrate --to} names. */
final class MigrationTarget {
    static final String KINDS = "s3://bucket/root-directory, flatfs or flatfs:folder, levelds or levelds:folder (for"
            + " --mount / alone), or a file.json with the spec of any store";

    private MigrationTarget() {}

    /** Its spec, as {@code Datastore.Spec} would have it. */
    static Map<String, @Nullable Object> spec(String text, BucketOptions options, Terminal terminal)
            throws IOException {
        String type = text.replaceFirst(":.*", "");
        String folder = text.contains(":") ? text.substring(type.length() + 1) : "";
        Map<String, @Nullable Object> spec = new TreeMap<>();
        switch (type) {
            case "s3" -> {
                if (!(BlockPlace.parse(text, terminal.directory()) instanceof BlockPlace.Bucket bucket)) {
                    throw unknown(text);
                }
                spec.putAll(options.spec(bucket, new Secrets(terminal)));
            }
            case "flatfs" -> {
                spec.put("path", folder.isEmpty() ? "blocks" : folder);
                spec.put("shardFunc", "/repo/flatfs/shard/v1/next-to-last/2");
                spec.put("sync", false);
                spec.put("type", type);
            }
            case "levelds" -> {
                spec.put("compression", "none");
                spec.put("path", folder.isEmpty() ? "datastore" : folder);
                spec.put("type", type);
            }
            default -> {
                if (!text.endsWith(".json")) {
                    throw unknown(text);
                }
                spec.putAll(StoreFiles.spec(terminal, text));
            }
        }
        return spec;
    }

    private static UsageException unknown(String text) {
        return new UsageException("--to '%s' is no store; it may be %s".formatted(text, KINDS));
    }
}
