package org.s3ds.node.gc;

import java.util.Arrays;

/**
 * All that counts at one moment: on the server, in the collector, and in each writer. Never changed; a step gives
 * another one. Sets of blocks are bits.
 */
@SuppressWarnings("EnumOrdinal") // millions of states: each is an array of bytes, and its places outlive no search
final class ModelState {
    /** What there is once. */
    enum Cell {
        /** The blocks on the server. */
        STORED,
        /** The roots that durable pins keep. */
        PINS,
        /** Whether somebody has the lock of the pins. */
        LOCKED,
        /** Where the collector is: a {@link Phase}. */
        PHASE,
        /** How many more collections it begins. */
        LEFT,
        /** Whether touches are told to it. */
        BEGUN,
        /** How far it has read the pins, or the list. */
        CURSOR,
        /** What it has still to mark. */
        TO_MARK,
        MARKED,
        /** What was listed and is not marked. */
        UNMARKED,
        /** What writers wait for. */
        CONDEMNED,
        /** What it is about to delete. */
        CHOSEN,
        /** What the server has been asked to delete. */
        DELETING,
        /** What open scopes had touched at the begin, and what was touched since. */
        TOUCHED_SINCE
    }

    /** What each writer has. */
    enum Part {
        /** Which deed of its program it is at. */
        DEED,
        /** Where it is in that: a {@link Stage}. */
        STAGE,
        /** What it has still to put, or to ask for. */
        TO_TOUCH,
        /** What it touched, and has not yet requested. */
        TO_SEND,
        /** What it has requested. */
        SENT,
        /** What it has met, or need not look at. */
        SEEN,
        /** Whether it has a scope. */
        OPEN,
        /** Whether that holds collections off. */
        HOLDING,
        /** What was touched in its scope. */
        TOUCHED
    }

    /** Where a collector is. */
    enum Phase {
        IDLE,
        BEGIN,
        LOCK,
        READ,
        MARK,
        LIST,
        LOOK,
        CONDEMN,
        REQUEST,
        DELETE,
        END
    }

    /** Where a writer is in a deed. */
    enum Stage {
        BEFORE,
        OPEN,
        WORK,
        PIN,
        PIN_NEW,
        UNPIN_OLD,
        UNLOCK,
        CLOSE
    }

    private static final int CELLS = Cell.values().length;
    private static final int PARTS = Part.values().length;
    private static final Phase[] PHASES = Phase.values();
    private static final Stage[] STAGES = Stage.values();

    private final byte[] values;

    private ModelState(byte[] values) {
        this.values = values;
    }

    /** Before anything is done. */
    static ModelState of(int stored, int pins, int collections, int writers) {
        return new ModelState(new byte[CELLS + writers * PARTS])
                .set(Cell.STORED, stored)
                .set(Cell.PINS, pins)
                .set(Cell.LEFT, collections);
    }

    int writers() {
        return (values.length - CELLS) / PARTS;
    }

    int get(Cell cell) {
        return values[cell.ordinal()];
    }

    boolean is(Cell cell) {
        return get(cell) != 0;
    }

    boolean has(Cell cell, int block) {
        return (get(cell) & block) != 0;
    }

    Phase phase() {
        return PHASES[get(Cell.PHASE)];
    }

    int get(int writer, Part part) {
        return values[index(writer, part)];
    }

    Stage stage(int writer) {
        return STAGES[get(writer, Part.STAGE)];
    }

    ModelState set(Cell cell, int value) {
        return set(cell.ordinal(), value);
    }

    ModelState add(Cell cell, int blocks) {
        return set(cell, get(cell) | blocks);
    }

    ModelState drop(Cell cell, int blocks) {
        return set(cell, get(cell) & ~blocks);
    }

    ModelState to(Phase phase) {
        return set(Cell.PHASE, phase.ordinal());
    }

    ModelState set(int writer, Part part, int value) {
        return set(index(writer, part), value);
    }

    ModelState add(int writer, Part part, int blocks) {
        return set(writer, part, get(writer, part) | blocks);
    }

    ModelState drop(int writer, Part part, int blocks) {
        return set(writer, part, get(writer, part) & ~blocks);
    }

    ModelState to(int writer, Stage stage) {
        return set(writer, Part.STAGE, stage.ordinal());
    }

    private static int index(int writer, Part part) {
        return CELLS + writer * PARTS + part.ordinal();
    }

    private ModelState set(int index, int value) {
        if (values[index] == value) {
            return this;
        }
        byte[] changed = values.clone();
        changed[index] = (byte) value;
        return new ModelState(changed);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ModelState state && Arrays.equals(values, state.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }
}
