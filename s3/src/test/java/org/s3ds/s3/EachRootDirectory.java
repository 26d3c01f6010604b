package org.s3ds.s3;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs an {@link S3Contract} with each of the root directories that differ in kind, claimed or not. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedClass(name = "root directory {0}")
@CsvSource({"'', SHORT, SHARED", "node1, FULL, SHARED", "/node1/, SHORT, EXCLUSIVE", "a//b, SHORT, EXCLUSIVE"})
@interface EachRootDirectory {}
