package org.s3ds.node.gc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.s3ds.node.gc.ModelDag.A;
import static org.s3ds.node.gc.ModelDag.B;
import static org.s3ds.node.gc.ModelDag.BELOW;
import static org.s3ds.node.gc.ModelDag.SHARED;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Two collections, one behind the other, while writers add, pin, update and unpin: whatever comes first, and whatever
 * comes between, a durable pin has all its blocks at every moment, nobody waits for ever, and a last collection leaves
 * nothing but what is pinned. With any one part of the protocol left out, the same search finds how a block is lost.
 */
class CollectionProtocolTest {
    private static final int COLLECTIONS = 2;

    /** What a writer may have to do. */
    private static final List<List<ModelDeed>> PROGRAMS = List.of(
            List.of(new ModelDeed.Add(A)),
            List.of(new ModelDeed.Add(B), new ModelDeed.Unpin(B)),
            List.of(new ModelDeed.AddGivenUp(A)),
            List.of(new ModelDeed.Pin(A)),
            List.of(new ModelDeed.Pin(B), new ModelDeed.Unpin(A)),
            List.of(new ModelDeed.Update(A, B)),
            List.of(new ModelDeed.Refer(A), new ModelDeed.Unpin(A)),
            List.of(new ModelDeed.Unpin(A)),
            List.of(new ModelDeed.Put(SHARED)));

    /**
     * Where a search begins.
     *
     * @param stored blocks
     * @param pins roots
     */
    private record Case(ModelDag dag, int stored, int pins, List<List<ModelDeed>> programs) {
        ProtocolModel.Result search(Flaw flaw) {
            ModelState first = ModelState.of(stored, pins, COLLECTIONS, programs.size());
            return new ProtocolModel(dag, programs, flaw).search(first);
        }
    }

    /** Any two programs at once: on an empty store, on one full of garbage, and on one where A is pinned. */
    private static List<Case> cases() {
        ModelDag dag = ModelDag.FLAT;
        List<Case> cases = new ArrayList<>();
        for (int i = 0; i < PROGRAMS.size(); i++) {
            for (int j = i; j < PROGRAMS.size(); j++) {
                List<List<ModelDeed>> programs = List.of(PROGRAMS.get(i), PROGRAMS.get(j));
                cases.add(new Case(dag, dag.all(), A, programs));
                cases.add(new Case(dag, dag.all(), 0, programs));
                cases.add(new Case(dag, 0, 0, programs));
            }
        }
        return cases;
    }

    /** Three writers, and one block more. */
    private static List<Case> largeCases() {
        ModelDag dag = ModelDag.DEEP;
        List<ModelDeed> unpinA = List.of(new ModelDeed.Unpin(A));
        List<ModelDeed> updateA = List.of(new ModelDeed.Update(A, B));
        List<ModelDeed> addB = List.of(new ModelDeed.Add(B), new ModelDeed.Unpin(B));
        return List.of(
                new Case(dag, dag.all(), A, List.of(updateA, unpinA, List.of(new ModelDeed.Pin(A)))),
                new Case(dag, dag.all(), A, List.of(updateA, List.of(new ModelDeed.Update(B, A)), unpinA)),
                new Case(dag, dag.all(), A, List.of(updateA, unpinA, List.of(new ModelDeed.Put(BELOW)))),
                new Case(dag, dag.all(), A, List.of(updateA, addB, unpinA)),
                new Case(dag, dag.all(), A, List.of(updateA, unpinA, List.of(new ModelDeed.Refer(A)))),
                new Case(dag, 0, 0, List.of(List.of(new ModelDeed.Add(A)), updateA, unpinA)),
                new Case(
                        ModelDag.FLAT,
                        0,
                        0,
                        List.of(List.of(new ModelDeed.Add(A)), addB, List.of(new ModelDeed.Pin(A)))));
    }

    @Test
    void noPinEverLacksABlock() {
        long states = 0;
        List<Case> cases = cases();
        cases.addAll(largeCases());
        for (Case each : cases) {
            ProtocolModel.Result result = each.search(Flaw.NONE);
            assertEquals(Optional.empty(), result.failure());
            states += result.states();
        }
        System.out.printf("the protocol of collections: %,d states of %d cases%n", states, cases.size());
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void everyPartIsNeeded(Flaw flaw) {
        Optional<String> failure = Optional.empty();
        for (Case each : cases()) {
            failure = each.search(flaw).failure();
            if (failure.isPresent()) {
                break;
            }
        }
        assertTrue(failure.isPresent(), flaw + " is not noticed");
        System.out.println(flaw + ":\n" + failure.get() + "\n");
    }
}
