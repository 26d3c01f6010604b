/**
 * The S3 datastore: one object per value, named and configured as go-ds-s3 does. {@code S3StoreType} is the way in;
 * {@code S3Objects} sends the requests about one object itself; {@code S3Bucket} sends all others.
 *
 * <p>Where to look, by question:
 *
 * <ul>
 *   <li>which object a key is, and what a put, get, has or delete sends: {@code S3Datastore}, then {@code S3Objects}
 *   <li>what a request looks like: {@code BucketAddress}, {@code SentHeaders}, {@code DigestSigner}; what it goes over:
 *       {@code SdkConnection}, {@code HttpConnections}
 *   <li>what an answer must have: {@code ObjectAnswer}, {@code Answers}, {@code ReadBack}
 *   <li>what is tried again, and what a failure means: {@code Calls}, {@code Fault}, {@code S3Errors},
 *       {@code S3Failure}
 *   <li>how many requests there may be, and who goes first: {@code Governor}, with {@code Places}, {@code RequestRate}
 *       and {@code WaitingLine}; {@code SharedGets}
 *   <li>how a listing is read: {@code Listing}; by many at once: {@code RangeWalk} and {@code RangePlan}
 *   <li>whether it may write, and whether others may: {@code Tenure}, and {@link org.s3ds.s3.claims}
 *   <li>how a batch is carried out: {@code BatchCommit}, {@code BulkDelete}
 *   <li>what a spec may say: {@code SpecKey}, {@code S3Spec}, {@code S3Config}
 *   <li>where keys come from: {@link org.s3ds.s3.credentials}
 *   <li>what is counted: {@code S3Meters}
 *   <li>whether a bucket can do what a store needs: {@code S3Doctor}, with its trials
 * </ul>
 */
@NullMarked
package org.s3ds.s3;

import org.jspecify.annotations.NullMarked;
