package org.s3ds.s3;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.s3ds.s3.MisbehavingServer.Misbehaviour;
import org.s3ds.s3.MisbehavingServer.Request;

/**
 * A fault, and what comes of it.
 *
 * @param name as the matrix calls it
 * @param applies to which requests it happens
 * @param fault what is answered
 * @param expected what comes of it
 * @param otherwise for calls of which something else comes
 * @param status that the failure names; 0 for none
 * @param code that the failure names; empty for none
 * @param inDoubt whether a write may have been carried out
 * @param words that the message of the failure has
 */
record FaultRow(
        String name,
        Predicate<Request> applies,
        Misbehaviour fault,
        Ending expected,
        Map<FaultyCall, Ending> otherwise,
        int status,
        String code,
        boolean inDoubt,
        String words) {
    /** What comes of a fault. */
    enum Ending {
        /** Nothing: the answer is right, however often it happens. */
        RIGHT,
        /** It is tried again: right when the fault passes, else a failure after all attempts. */
        RETRIED,
        /** A failure after the first attempt. */
        REFUSED,
        /** The server said that the object is absent, and it is believed. */
        ABSENT,
        /** The server said so to HEAD, and is believed if it lists the bucket. */
        ABSENT_WITH_PROOF,
        /** The server said so of what must be there: right when a second look shows it, else a failure that says so. */
        VANISHED,
        /** Of no concern to this call; should the network tell of it first, it is tried again. */
        RIGHT_OR_RETRIED
    }

    static FaultRow row(String name, Misbehaviour fault) {
        return new FaultRow(
                name, request -> true, fault, Ending.RIGHT, new EnumMap<>(FaultyCall.class), 0, "", false, "");
    }

    /** Happens to some requests only, and so to some calls. */
    FaultRow only(Predicate<Request> which, List<FaultyCall> calls) {
        List<FaultyCall> others = Stream.of(FaultyCall.values())
                .filter(call -> !calls.contains(call))
                .toList();
        return new FaultRow(name, which, fault, expected, otherwise, status, code, inDoubt, words)
                .but(others, Ending.RIGHT);
    }

    FaultRow retried() {
        return ending(Ending.RETRIED, 0, "");
    }

    FaultRow retried(int ofStatus, String ofCode) {
        return ending(Ending.RETRIED, ofStatus, ofCode);
    }

    FaultRow refused(int ofStatus, String ofCode) {
        return ending(Ending.REFUSED, ofStatus, ofCode);
    }

    private FaultRow ending(Ending ending, int ofStatus, String ofCode) {
        return new FaultRow(name, applies, fault, ending, otherwise, ofStatus, ofCode, inDoubt, words);
    }

    /** For one call something else comes of it. */
    FaultRow but(FaultyCall call, Ending ending) {
        Map<FaultyCall, Ending> more = new EnumMap<>(otherwise);
        more.put(call, ending);
        return new FaultRow(name, applies, fault, expected, more, status, code, inDoubt, words);
    }

    /** For some calls something else comes of it. */
    FaultRow but(List<FaultyCall> calls, Ending ending) {
        FaultRow row = this;
        for (FaultyCall call : calls) {
            row = row.but(call, ending);
        }
        return row;
    }

    FaultRow inDoubtOfWrites() {
        return new FaultRow(name, applies, fault, expected, otherwise, status, code, true, words);
    }

    FaultRow saying(String text) {
        return new FaultRow(name, applies, fault, expected, otherwise, status, code, inDoubt, text);
    }

    Ending ending(FaultyCall call) {
        return otherwise.getOrDefault(call, expected);
    }

    @Override
    public String toString() {
        return name;
    }
}
