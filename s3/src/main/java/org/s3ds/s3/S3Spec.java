package org.s3ds.s3;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.s3ds.datastore.SpecException;

/** Reads a spec in the order of go-ds-s3's checks and in its words; then what go-ds-s3 does not check. */
final class S3Spec {
    private static final int MOST_WORKERS = 65_535;

    private final Map<String, @Nullable Object> spec;

    private S3Spec(Map<String, @Nullable Object> spec) {
        this.spec = spec;
    }

    static S3Config read(Map<String, @Nullable Object> spec) throws SpecException {
        return new S3Spec(spec).read();
    }

    private S3Config read() throws SpecException {
        String region = required("region");
        String bucket = required("bucket");
        String access = required("accessKey");
        String secret = required("secretKey");
        S3Keys keys = new S3Keys(access, secret, optional("sessionToken"));
        String endpoint = optional("regionEndpoint");
        String root = optional("rootDirectory");
        int workers = workers();
        String keyServer = optional("credentialsEndpoint");
        refuseOtherNames(root);
        return new S3Config(
                region,
                bucket,
                keys,
                endpoint("regionEndpoint", endpoint),
                root,
                workers,
                endpoint("credentialsEndpoint", keyServer),
                warnings(keys));
    }

    private String required(String name) throws SpecException {
        if (spec.get(name) instanceof String text) {
            return text;
        }
        throw new SpecException("s3ds: no " + name + " specified");
    }

    private String optional(String name) throws SpecException {
        if (!spec.containsKey(name)) {
            return "";
        }
        if (spec.get(name) instanceof String text) {
            return text;
        }
        throw new SpecException("s3ds: " + name + " not a string");
    }

    private int workers() throws SpecException {
        if (!spec.containsKey("workers")) {
            return S3Config.DEFAULT_WORKERS;
        }
        if (!(spec.get("workers") instanceof Number number)) {
            throw new SpecException("s3ds: workers not a number");
        }
        double value = number.doubleValue();
        String text = String.format(Locale.ROOT, "%f", value);
        if ((long) value <= 0) {
            throw new SpecException("s3ds: workers <= 0: " + text);
        }
        if (value != Math.rint(value)) {
            throw new SpecException("s3ds: workers is not an integer: " + text);
        }
        if (value > MOST_WORKERS) {
            throw new SpecException("s3ds: workers > " + MOST_WORKERS + ": " + text);
        }
        return (int) value;
    }

    private void refuseOtherNames(String root) throws SpecException {
        if (S3Config.climbs(root)) {
            throw new SpecException("s3ds: rootDirectory \"" + root + "\" has a component \"..\", which could lead out"
                    + " of the bucket; name the folder without it");
        }
        Object transform = spec.get("keyTransform");
        if (spec.containsKey("keyTransform") && !"default".equals(transform)) {
            throw new SpecException(
                    "s3ds: keyTransform is " + (transform instanceof String ? "\"" + transform + "\"" : transform)
                            + ", which gives objects other names; only \"default\" is supported");
        }
    }

    private static Optional<URI> endpoint(String name, String text) throws SpecException {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        String url = text.contains("://") ? text : "https://" + text;
        try {
            URI uri = new URI(url);
            String scheme = uri.getScheme();
            if (uri.getHost() != null && ("http".equals(scheme) || "https".equals(scheme))) {
                return Optional.of(uri);
            }
        } catch (URISyntaxException e) {
            // the same sentence for whatever is wrong with it
        }
        throw new SpecException("s3ds: " + name + " \"" + text
                + "\" is not a server's address; write it like https://s3.example.com or localhost:9000");
    }

    private List<String> warnings(S3Keys keys) {
        List<String> warnings = new ArrayList<>(SpecKeys.warnings(spec.keySet()));
        if (keys.access().isEmpty() != keys.secret().isEmpty()) {
            warnings.add("only one of \"accessKey\" and \"secretKey\" is set, so neither is used;"
                    + " set both, or leave both blank for the usual credentials");
        }
        return warnings;
    }
}
