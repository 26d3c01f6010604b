package org.s3ds.s3;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs an {@link S3Contract} with each of the root directories that differ in kind. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedClass(name = "root directory {0}")
@CsvSource({"'', SHORT", "node1, FULL", "/node1/, SHORT", "a//b, SHORT"})
@interface EachRootDirectory {}
