package org.s3ds.s3;

/** A server lists names in an order by which ranges cannot be told apart. */
final class DisorderException extends S3Exception {
    private static final long serialVersionUID = 1L;

    DisorderException(String sentence, S3Failure failure) {
        super(sentence, failure, null);
    }
}
