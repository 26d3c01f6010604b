package org.s3ds.s3;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Runs an {@link S3Contract} with each of the root directories that differ in kind, claimed or not or only read, with
 * an index or without.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedClass(name = "root directory {0}, {2}, index {3}")
@CsvSource({
    "'', SHORT, SHARED, true",
    "node1, FULL, SHARED, false",
    "/node1/, SHORT, EXCLUSIVE, true",
    "a//b, SHORT, EXCLUSIVE, false",
    "node2, SHORT, EXCLUSIVE, true",
    "node3, SHORT, READ_ONLY, true"
})
@interface EachRootDirectory {}
