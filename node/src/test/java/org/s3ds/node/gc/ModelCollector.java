package org.s3ds.node.gc;

import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.s3ds.node.gc.ModelState.Cell;
import org.s3ds.node.gc.ModelState.Part;
import org.s3ds.node.gc.ModelState.Phase;

/** The steps of a collector, request by request: what {@code GarbageCollector} does with {@code Collector}. */
final class ModelCollector {
    /** Blocks of a page of the list, and of a batch that is deleted. */
    private static final int PAGE = 3;

    private static final int BATCH = 2;

    private final ModelDag dag;
    private final Flaw flaw;

    ModelCollector(ModelDag dag, Flaw flaw) {
        this.dag = dag;
        this.flaw = flaw;
    }

    static boolean isDone(ModelState s) {
        return s.phase() == Phase.IDLE && !s.is(Cell.LEFT) && !s.is(Cell.DELETING);
    }

    /** All that may happen to it next. */
    void steps(ModelState s, Consumer<ModelStep> next) {
        boolean late = flaw == Flaw.LATE_DELETES;
        switch (s.phase()) {
            case IDLE -> {
                if (s.is(Cell.LEFT)) {
                    begin(s, next);
                }
            }
            case BEGIN -> step("begins", 0, begun(s).to(Phase.MARK), next);
            case LOCK -> lock(s, next);
            case READ -> read(s, next);
            case MARK -> mark(s, next);
            case LIST -> list(s, next);
            case LOOK -> look(s, next);
            case CONDEMN -> condemn(s, s.get(Cell.CHOSEN), next);
            case REQUEST -> request(s, next);
            case DELETE -> {
                if (late || !s.is(Cell.DELETING)) {
                    step("releases", s.get(Cell.CONDEMNED), toSweep(s.set(Cell.CONDEMNED, 0)), next);
                }
            }
            case END -> step("ends", 0, ended(s), next);
        }
        if (late || s.phase() == Phase.DELETE) {
            for (int rest = s.get(Cell.DELETING); rest != 0; rest &= rest - 1) {
                delete(s, Integer.lowestOneBit(rest), next);
            }
        }
    }

    private void begin(ModelState s, Consumer<ModelStep> next) {
        if (flaw == Flaw.PINS_READ_BEFORE_THE_BEGIN) {
            lock(s, next);
        } else if (flaw == Flaw.NOT_HELD_OFF || !isHeldOff(s)) {
            step("begins", 0, begun(s).to(Phase.LOCK), next);
        }
    }

    private static boolean isHeldOff(ModelState s) {
        return IntStream.range(0, s.writers()).anyMatch(writer -> s.get(writer, Part.HOLDING) != 0);
    }

    private ModelState begun(ModelState s) {
        ModelState begun = s.set(Cell.BEGUN, 1);
        if (flaw != Flaw.OPEN_SCOPES_FORGOTTEN) {
            for (int writer = 0; writer < s.writers(); writer++) {
                begun = begun.add(Cell.TOUCHED_SINCE, s.get(writer, Part.TOUCHED));
            }
        }
        return begun;
    }

    private void lock(ModelState s, Consumer<ModelStep> next) {
        if (flaw == Flaw.PINS_READ_ONE_BY_ONE) {
            read(s, next);
        } else if (!s.is(Cell.LOCKED)) {
            step("takes the pins", 0, s.set(Cell.LOCKED, 1).to(Phase.READ), next);
        }
    }

    /** Only blocks with links are looked for among the pins: others are pinned by nobody here. */
    private void read(ModelState s, Consumer<ModelStep> next) {
        int root = 1 << s.get(Cell.CURSOR);
        if (root <= dag.all() && dag.childrenOf(root) != 0) {
            ModelState read = s.to(Phase.READ)
                    .set(Cell.CURSOR, s.get(Cell.CURSOR) + 1)
                    .add(Cell.TO_MARK, s.get(Cell.PINS) & root);
            step("reads whether there is a pin of", root, read, next);
            return;
        }
        ModelState read = s.set(Cell.CURSOR, 0).to(flaw == Flaw.PINS_READ_BEFORE_THE_BEGIN ? Phase.BEGIN : Phase.MARK);
        step("has read the pins", 0, flaw == Flaw.PINS_READ_ONE_BY_ONE ? read : read.set(Cell.LOCKED, 0), next);
    }

    private void mark(ModelState s, Consumer<ModelStep> next) {
        if (!s.is(Cell.TO_MARK)) {
            step("has marked all", 0, s.to(Phase.LIST), next);
        }
        for (int rest = s.get(Cell.TO_MARK); rest != 0; rest &= rest - 1) {
            int block = Integer.lowestOneBit(rest);
            ModelState marked = s.add(Cell.MARKED, block);
            int children = dag.childrenOf(block) & ~marked.get(Cell.MARKED);
            step("marks", block, marked.add(Cell.TO_MARK, children).drop(Cell.TO_MARK, block), next);
        }
    }

    private void list(ModelState s, Consumer<ModelStep> next) {
        int cursor = s.get(Cell.CURSOR);
        int page = dag.all() & ~((1 << cursor) - 1) & ((1 << (cursor + PAGE)) - 1);
        int unmarked = s.get(Cell.STORED) & page & ~s.get(Cell.MARKED);
        ModelState listed = s.add(Cell.UNMARKED, unmarked).set(Cell.CURSOR, cursor + PAGE);
        step("lists", page, cursor + PAGE < dag.size() ? listed : toSweep(listed.set(Cell.CURSOR, 0)), next);
    }

    private static ModelState toSweep(ModelState s) {
        return s.set(Cell.CHOSEN, 0).to(s.is(Cell.UNMARKED) ? Phase.LOOK : Phase.END);
    }

    private void look(ModelState s, Consumer<ModelStep> next) {
        int batch = batch(s.get(Cell.UNMARKED));
        int free = flaw == Flaw.NO_SECOND_LOOK ? batch : batch & ~s.get(Cell.TOUCHED_SINCE);
        ModelState looked = s.drop(Cell.UNMARKED, batch);
        if (free == 0) {
            step("leaves", batch, toSweep(looked), next);
        } else if (flaw == Flaw.SECOND_LOOK_APART) {
            step("looks at", batch, looked.set(Cell.CHOSEN, free).to(Phase.CONDEMN), next);
        } else {
            condemn(looked, free, next);
        }
    }

    private static int batch(int blocks) {
        int rest = blocks;
        for (int i = 0; i < BATCH; i++) {
            rest &= rest - 1;
        }
        return blocks & ~rest;
    }

    private void condemn(ModelState s, int blocks, Consumer<ModelStep> next) {
        step(
                "condemns",
                blocks,
                s.set(Cell.CHOSEN, blocks).add(Cell.CONDEMNED, blocks).to(Phase.REQUEST),
                next);
    }

    private void request(ModelState s, Consumer<ModelStep> next) {
        int chosen = s.get(Cell.CHOSEN);
        step(
                "asks to delete",
                chosen,
                s.add(Cell.DELETING, chosen).set(Cell.CHOSEN, 0).to(Phase.DELETE),
                next);
    }

    private void delete(ModelState s, int block, Consumer<ModelStep> next) {
        step("has deleted", block, s.drop(Cell.STORED, block).drop(Cell.DELETING, block), next);
    }

    private static ModelState ended(ModelState s) {
        return s.set(Cell.LEFT, s.get(Cell.LEFT) - 1)
                .set(Cell.BEGUN, 0)
                .set(Cell.TOUCHED_SINCE, 0)
                .set(Cell.MARKED, 0)
                .to(Phase.IDLE);
    }

    private static void step(String what, int blocks, ModelState after, Consumer<ModelStep> next) {
        next.accept(new ModelStep(ModelStep.COLLECTOR, what, blocks, after));
    }
}
