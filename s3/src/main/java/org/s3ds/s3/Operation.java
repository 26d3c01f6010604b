package org.s3ds.s3;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A kind of request that the store sends. */
enum Operation {
    /** Stores an object. */
    PUT("PutObject", "put", Price.WRITE),
    /** Reads an object, or part of one. */
    GET("GetObject", "get", Price.READ),
    /** Asks about an object. */
    HEAD("HeadObject", "head", Price.READ),
    /** Removes an object. */
    DELETE("DeleteObject", "delete", Price.FREE),
    /** Removes many. */
    DELETE_OBJECTS("DeleteObjects", "delete_objects", Price.FREE),
    /** An object's tags. */
    TAGS("GetObjectTagging", "get_tags", Price.READ),
    /** Who may do what with an object. */
    ACL("GetObjectAcl", "get_acl", Price.READ),
    /** A page of names. */
    LIST("ListObjectsV2", "list", Price.LIST),
    /** Makes the bucket. */
    CREATE_BUCKET("CreateBucket", "create_bucket", Price.WRITE),
    /** Asks whether old versions are kept; only a doctor does. */
    GET_VERSIONING("GetBucketVersioning", "get_versioning", Price.READ),
    /** Asks which objects expire; only a doctor does. */
    GET_LIFECYCLE("GetBucketLifecycleConfiguration", "get_lifecycle", Price.READ),
    /** Asks which objects cannot be deleted; only a doctor does. */
    GET_OBJECT_LOCK("GetObjectLockConfiguration", "get_object_lock", Price.READ);

    /** What providers charge apart. */
    enum Price {
        /** As for storing. */
        WRITE,
        /** As for listing. */
        LIST,
        /** As for reading. */
        READ,
        /** Nothing. */
        FREE
    }

    private static final Map<String, Operation> BY_SDK_NAME =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(each -> each.sdkName, Function.identity()));

    private final String sdkName;
    private final String label;
    private final Price price;

    Operation(String sdkName, String label, Price price) {
        this.sdkName = sdkName;
        this.label = label;
        this.price = price;
    }

    /** The one of that name in the SDK. */
    static Operation of(String sdkName) {
        Operation operation = BY_SDK_NAME.get(sdkName);
        if (operation == null) {
            throw new IllegalStateException("a request that nobody counts: " + sdkName);
        }
        return operation;
    }

    /** As metrics and messages have it. */
    String label() {
        return label;
    }

    /** What it is charged as. */
    Price price() {
        return price;
    }
}
