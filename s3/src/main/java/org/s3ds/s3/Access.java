package org.s3ds.s3;

import java.util.Locale;

/** Who else may write to a store's place, which is what lies below its root directory, and delete there. */
public enum Access {
    /**
     * Nobody: this repo is the only one that writes and deletes, which it proves with a claim ({@code docs/design.md}).
     */
    EXCLUSIVE,
    /** Anybody: every put is sent, and nothing is deleted because this repo alone does not need it. */
    SHARED,
    /** Others alone: this store writes and deletes nothing. */
    READ_ONLY;

    /** As a spec writes it. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
