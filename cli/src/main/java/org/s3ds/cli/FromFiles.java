package org.s3ds.cli;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Marks an argument that names files, whose content is what a daemon is sent in its place. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
@interface FromFiles {}
