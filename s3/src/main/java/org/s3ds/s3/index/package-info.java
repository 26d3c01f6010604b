/**
 * What a store knows of its place without asking: which keys are there, and how long their values are.
 * {@link org.s3ds.s3.index.PlaceIndex} is the door, {@link org.s3ds.s3.index.Ledger} keeps the books, and
 * {@code docs/decisions/0033-index.md} says when they may be believed.
 */
@NullMarked
package org.s3ds.s3.index;

import org.jspecify.annotations.NullMarked;
