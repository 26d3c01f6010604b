package org.s3ds.s3;

import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;

/** Requests that a store does not send but a doctor does: once each, with failures in the store's words. */
final class Raw {
    /** What is asked of the SDK; the call wants to be told of attempts. */
    interface Request<T> {
        T send(S3Client client, Attempted call);
    }

    private final S3Errors errors;
    private final S3Config config;
    private final SdkConnection connection;

    Raw(S3Config config, SdkConnection connection) {
        this.config = config;
        this.errors = new S3Errors(config, connection::proxy);
        this.connection = connection;
    }

    /**
     * Sends a request.
     *
     * @param operation what failures call it
     * @param name the object or prefix; empty for the bucket itself
     */
    <T> T send(String operation, String name, Request<T> request) throws S3Exception, InterruptedException {
        String object = name.isEmpty() ? config.bucket() : config.bucket() + "/" + name;
        Attempted call = new Attempted(operation, object, Priority.FOREGROUND, Time.SYSTEM);
        try {
            return request.send(connection.client(), call);
        } catch (SdkException e) {
            throw errors.translate(call, Fault.of(e, call.toldRegion()));
        }
    }
}
