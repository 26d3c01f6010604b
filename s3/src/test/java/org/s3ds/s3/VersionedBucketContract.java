package org.s3ds.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.s3ds.datastore.Batch;
import org.s3ds.datastore.Datastore;
import org.s3ds.datastore.Entry;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.Query;
import org.s3ds.datastore.Results;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;

/** A bucket that keeps old versions: what is deleted there is marked so, and is absent all the same. */
abstract class VersionedBucketContract {
    private static final byte[] VALUE = "value".getBytes(UTF_8);
    private static final Key KEY = Key.of("K");

    private final TestServer server;
    private final RecordedMetrics metrics = new RecordedMetrics();
    private final S3Config config;
    private final S3Bucket bucket;
    private final Datastore store;

    VersionedBucketContract(TestServer server) throws IOException {
        this.server = server;
        this.config = server.bucket("node1");
        this.bucket = new S3Bucket(config, TestServer.context(metrics));
        this.store = new S3Datastore(config, bucket, TestServer.context(metrics), new Governors());
    }

    /** What it takes to create an object where one was deleted. */
    abstract Map<String, Long> requestsToCreateAfterADelete();

    @BeforeEach
    void keepVersions() {
        AwsBasicCredentials keys =
                AwsBasicCredentials.create(config.keys().access(), config.keys().secret());
        try (S3Client s3 = S3Client.builder()
                .endpointOverride(server.endpoint())
                .forcePathStyle(true)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(keys))
                .build()) {
            s3.putBucketVersioning(request -> request.bucket(config.bucket())
                    .versioningConfiguration(versioning -> versioning.status(BucketVersioningStatus.ENABLED)));
        }
    }

    @AfterEach
    void close() throws IOException {
        store.close();
        server.close();
    }

    @Test
    void whatIsDeletedIsAbsentAndMayBePutAgain() throws IOException {
        for (int round = 0; round < 2; round++) {
            store.put(KEY, VALUE);
            store.put(KEY, VALUE);
            assertArrayEquals(VALUE, store.get(KEY).orElseThrow());
            assertEquals(List.of(KEY), keys());
            if (round == 0) {
                store.delete(KEY);
            } else {
                Batch batch = store.batch();
                batch.delete(KEY);
                batch.commit();
            }
            assertTrue(store.get(KEY).isEmpty());
            assertFalse(store.has(KEY));
            assertEquals(List.of(), keys());
        }
    }

    @Test
    void rule14WhatWasDeletedMayBeCreatedAgainOnce() throws IOException {
        S3Objects objects = new S3Objects(bucket);
        String hash = DigestSigner.sha256Hex(VALUE);
        assertTrue(objects.createOnly("node1/K", VALUE, hash));
        assertFalse(objects.createOnly("node1/K", VALUE, hash));
        objects.delete("node1/K");
        metrics.take();
        assertTrue(objects.createOnly("node1/K", VALUE, hash));
        assertEquals(requestsToCreateAfterADelete(), metrics.take());
        byte[] other = "other".getBytes(UTF_8);
        assertFalse(objects.createOnly("node1/K", other, DigestSigner.sha256Hex(other)));
        assertArrayEquals(VALUE, objects.get("node1/K").orElseThrow());
    }

    private List<Key> keys() throws IOException {
        try (Results results = store.query(Query.keys(Key.ROOT))) {
            return results.rest().stream().map(Entry::key).toList();
        }
    }
}
