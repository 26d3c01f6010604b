package org.s3ds.s3;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.s3ds.datastore.SpecException;

/** Reads a spec in the order of go-ds-s3's checks and in its words; then what go-ds-s3 does not know, or check. */
final class S3Spec {
    /** What go-ds-s3 wants to be strings, in its order. */
    private static final List<SpecKey> REQUIRED =
            List.of(SpecKey.REGION, SpecKey.BUCKET, SpecKey.ACCESS_KEY, SpecKey.SECRET_KEY);

    private static final List<SpecKey> OPTIONAL =
            List.of(SpecKey.SESSION_TOKEN, SpecKey.REGION_ENDPOINT, SpecKey.ROOT_DIRECTORY);

    private final Map<String, @Nullable Object> spec;
    private final SpecValues values;

    private S3Spec(Map<String, @Nullable Object> spec) {
        this.spec = spec;
        this.values = new SpecValues(spec);
    }

    static S3Config read(Map<String, @Nullable Object> spec) throws SpecException {
        try {
            return new S3Spec(spec).read();
        } catch (WrongSetting wrong) {
            throw new SpecException(wrong.key().key(), wrong.rest());
        }
    }

    private S3Config read() throws SpecException {
        checkAsGoDsS3();
        refuseOtherNames();
        List<S3Config> readBuckets = readBuckets();
        S3Keys keys = new S3Keys(
                values.text(SpecKey.ACCESS_KEY), values.text(SpecKey.SECRET_KEY), values.text(SpecKey.SESSION_TOKEN));
        return new S3Config(
                place(),
                identity(keys),
                transport(),
                objects(),
                limits(),
                readBuckets,
                access(),
                index(),
                values.file(SpecKey.PRICE_FILE),
                warnings(keys, readBuckets));
    }

    private void checkAsGoDsS3() throws SpecException {
        for (SpecKey key : REQUIRED) {
            if (!(values.raw(key) instanceof String)) {
                throw new SpecException("s3ds: no " + key + " specified");
            }
        }
        for (SpecKey key : OPTIONAL) {
            checkString(key);
        }
        checkWorkers();
        checkString(SpecKey.CREDENTIALS_ENDPOINT);
    }

    private void checkString(SpecKey key) throws SpecException {
        if (values.has(key) && !(values.raw(key) instanceof String)) {
            throw new SpecException("s3ds: " + key + " not a string");
        }
    }

    private void checkWorkers() throws SpecException {
        if (!values.has(SpecKey.WORKERS)) {
            return;
        }
        if (!(values.raw(SpecKey.WORKERS) instanceof Number number)) {
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
    }

    private void refuseOtherNames() throws SpecException {
        Object transform = values.raw(SpecKey.KEY_TRANSFORM);
        if (values.has(SpecKey.KEY_TRANSFORM) && !"default".equals(transform)) {
            throw new SpecException(
                    "s3ds: keyTransform is " + (transform instanceof String ? "\"" + transform + "\"" : transform)
                            + ", which gives objects other names; only \"default\" is supported");
        }
    }

    private S3Place place() throws SpecException {
        String root = values.text(SpecKey.ROOT_DIRECTORY);
        if (S3Place.climbs(root)) {
            throw new SpecException("s3ds: rootDirectory \"" + root + "\" has a component \"..\", which could lead out"
                    + " of the bucket; name the folder without it");
        }
        if (root.replaceFirst("^/+", "").startsWith(".s3ds")) {
            throw new SpecException(
                    "s3ds: rootDirectory \"" + root + "\" begins with .s3ds, where s3ds keeps what is its own"
                            + " and removes it; name another folder");
        }
        return new S3Place(
                values.text(SpecKey.BUCKET),
                values.text(SpecKey.REGION),
                values.address(SpecKey.REGION_ENDPOINT),
                root,
                values.text(SpecKey.PLACE_NAME));
    }

    private Identity identity(S3Keys keys) {
        return new Identity(
                keys,
                values.text(SpecKey.PROFILE),
                values.word(SpecKey.ROLE_ARN),
                values.text(SpecKey.EXTERNAL_ID),
                values.address(SpecKey.CREDENTIALS_ENDPOINT),
                values.flag(SpecKey.ANONYMOUS));
    }

    private Transport transport() {
        return new Transport(
                values.choice(SpecKey.PATH_STYLE, Transport.PathStyle.AUTO, List.of(Transport.PathStyle.values())),
                values.flag(SpecKey.DUAL_STACK),
                values.flag(SpecKey.FIPS),
                values.flag(SpecKey.ACCELERATE),
                values.file(SpecKey.CA_FILE),
                values.proxy());
    }

    private ObjectHeaders objects() {
        return new ObjectHeaders(
                encryption(),
                values.text(SpecKey.STORAGE_CLASS),
                values.texts(SpecKey.TAGS),
                values.text(SpecKey.ACL),
                values.flag(SpecKey.REQUESTER_PAYS),
                values.text(SpecKey.EXPECTED_BUCKET_OWNER),
                values.choice(SpecKey.CHECKSUM, ObjectHeaders.Checksum.NONE, List.of(ObjectHeaders.Checksum.values())),
                values.choice(
                        SpecKey.PAYLOAD_SIGNING,
                        ObjectHeaders.PayloadSigning.DIGEST,
                        List.of(ObjectHeaders.PayloadSigning.values())));
    }

    /** The words of {@code sse}. */
    private enum Sse {
        NONE,
        S3,
        KMS,
        C
    }

    private Encryption encryption() {
        Sse sse = values.choice(SpecKey.SSE, Sse.NONE, List.of(Sse.values()));
        String kmsKey = values.word(SpecKey.SSE_KMS_KEY_ID);
        Optional<Path> keyFile = values.file(SpecKey.SSE_CUSTOMER_KEY_FILE);
        if (!kmsKey.isEmpty() && sse != Sse.KMS) {
            throw WrongSetting.beside(SpecKey.SSE_KMS_KEY_ID, kmsKey, sseIs(sse), "with sse \"kms\" alone");
        }
        if (keyFile.isPresent() && sse != Sse.C) {
            throw WrongSetting.beside(
                    SpecKey.SSE_CUSTOMER_KEY_FILE, keyFile.get().toString(), sseIs(sse), "with sse \"c\" alone");
        }
        return switch (sse) {
            case NONE -> new Encryption.None();
            case S3 -> new Encryption.ByS3();
            case KMS -> new Encryption.ByKms(kmsKey);
            case C ->
                new Encryption.ByCustomer(keyFile.orElseThrow(() -> WrongSetting.beside(
                        SpecKey.SSE, "c", "sseCustomerKeyFile is not set", "\"c\" with the file that holds the key")));
        };
    }

    private static String sseIs(Sse sse) {
        return "sse is \"" + sse.name().toLowerCase(Locale.ROOT) + "\"";
    }

    private Limits limits() {
        int workers = values.count(SpecKey.WORKERS, Limits.STANDARD.workers());
        return new Limits(
                workers,
                values.count(SpecKey.MAX_CONNECTIONS, workers),
                values.duration(SpecKey.CONNECT_TIMEOUT, Limits.STANDARD.connectTimeout()),
                values.duration(SpecKey.REQUEST_TIMEOUT, Limits.STANDARD.requestTimeout()),
                values.count(SpecKey.RETRY_MAX_ATTEMPTS, Limits.STANDARD.retryMaxAttempts()),
                values.duration(SpecKey.RETRY_MAX_ELAPSED, Limits.STANDARD.retryMaxElapsed()),
                values.number(SpecKey.MAX_REQUESTS_PER_SECOND),
                values.number(SpecKey.BACKGROUND_SHARE).orElse(Limits.STANDARD.backgroundShare()));
    }

    private IndexSettings index() {
        return new IndexSettings(
                values.flag(SpecKey.INDEX, IndexSettings.STANDARD.isOn()),
                values.duration(SpecKey.INDEX_PRESENT_FOR, IndexSettings.STANDARD.presentFor()),
                values.duration(SpecKey.INDEX_ABSENT_FOR, IndexSettings.STANDARD.absentFor()));
    }

    private Access access() {
        Access access = values.choice(SpecKey.ACCESS, Access.SHARED, List.of(Access.values()));
        if (!values.flag(SpecKey.READ_ONLY)) {
            return access;
        }
        if (values.has(SpecKey.ACCESS) && access != Access.READ_ONLY) {
            throw WrongSetting.beside(
                    SpecKey.ACCESS, values.raw(SpecKey.ACCESS), "readOnly is true", "\"read-only\", or no readOnly");
        }
        return Access.READ_ONLY;
    }

    private List<S3Config> readBuckets() throws SpecException {
        if (!values.has(SpecKey.READ_BUCKETS)) {
            return List.of();
        }
        if (!(values.raw(SpecKey.READ_BUCKETS) instanceof List<?> list)) {
            throw new WrongSetting(
                    SpecKey.READ_BUCKETS,
                    values.raw(SpecKey.READ_BUCKETS),
                    "an array of " + SpecKey.READ_BUCKETS.allowed());
        }
        List<S3Config> configs = new ArrayList<>();
        for (Object element : list) {
            configs.add(readBucket(SpecKey.READ_BUCKETS + "[" + configs.size() + "]", element));
        }
        return configs;
    }

    private static S3Config readBucket(String place, @Nullable Object element) throws SpecException {
        if (!(element instanceof Map<?, ?> map)) {
            throw new SpecException(place, " is no object; allowed: " + SpecKey.READ_BUCKETS.allowed());
        }
        Map<String, @Nullable Object> spec = new LinkedHashMap<>();
        map.forEach((key, value) -> spec.put(String.valueOf(key), value));
        for (SpecKey key : List.of(SpecKey.READ_BUCKETS, SpecKey.ACCESS, SpecKey.READ_ONLY)) {
            if (spec.containsKey(key.key())) {
                throw new SpecException(
                        place + "." + key, " stands where it cannot; allowed: " + SpecKey.READ_BUCKETS.allowed());
            }
        }
        spec.putIfAbsent(SpecKey.ACCESS_KEY.key(), "");
        spec.putIfAbsent(SpecKey.SECRET_KEY.key(), "");
        try {
            return read(spec);
        } catch (SpecException e) {
            throw e.isOfField() ? e.within(place) : new SpecException(place, " is wrong: " + e.getMessage());
        }
    }

    private List<String> warnings(S3Keys keys, List<S3Config> readBuckets) {
        List<String> warnings = new ArrayList<>(UnknownKeys.warnings(spec.keySet()));
        if (keys.access().isEmpty() != keys.secret().isEmpty()) {
            warnings.add("only one of \"accessKey\" and \"secretKey\" is set, so neither is used;"
                    + " set both, or leave both blank for the usual credentials");
        }
        for (int i = 0; i < readBuckets.size(); i++) {
            String place = SpecKey.READ_BUCKETS + "[" + i + "]: ";
            readBuckets.get(i).warnings().forEach(warning -> warnings.add(place + warning));
        }
        return warnings;
    }
}
