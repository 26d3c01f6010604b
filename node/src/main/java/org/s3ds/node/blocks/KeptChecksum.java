package org.s3ds.node.blocks;

/** What the SHA-256 that a store keeps of a block says of it, without its bytes. */
public enum KeptChecksum {
    /** It is the one in the block's name: the store was given the right bytes. */
    RIGHT,
    /** It is another one. */
    WRONG,
    /** There is none to compare: the store keeps none, the block's name is made of another hash, or it is not there. */
    NONE
}
