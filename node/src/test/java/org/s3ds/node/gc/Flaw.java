package org.s3ds.node.gc;

/** A mistake with which the protocol of {@link ProtocolModel} could have been built. */
enum Flaw {
    /** As it is built. */
    NONE,
    /** The collection begins once it has looked at the pins, not before. */
    PINS_READ_BEFORE_THE_BEGIN,
    /** The pins are read one by one while others change them. */
    PINS_READ_ONE_BY_ONE,
    /** What is listed and not marked is deleted without another look. */
    NO_SECOND_LOOK,
    /** Looking whether a block was touched, and condemning it, are two steps. */
    SECOND_LOOK_APART,
    /** Nobody waits for blocks that are condemned. */
    CONDEMNED_NOT_AWAITED,
    /** What was touched before the begin, in scopes that are open then, counts for nothing. */
    OPEN_SCOPES_FORGOTTEN,
    /** What a scope touched counts no longer once it is closed. */
    CLOSED_SCOPES_FORGOTTEN,
    /** Only puts are told, not what is asked for and found. */
    FOUND_NOT_TOLD,
    /** A block is told once its request is done, not before. */
    TOLD_AFTERWARDS,
    /** The scope is closed before the pin is written. */
    CLOSED_BEFORE_THE_PIN,
    /** An update does not look whether the old pin is still there when it writes the new one. */
    OLD_PIN_NOT_CHECKED,
    /** A collection begins while somebody holds it off. */
    NOT_HELD_OFF,
    /** Some deletes are carried out after their blocks were released: their answers were lost. */
    LATE_DELETES
}
