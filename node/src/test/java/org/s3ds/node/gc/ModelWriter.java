package org.s3ds.node.gc;

import java.util.List;
import java.util.function.Consumer;
import org.s3ds.node.gc.ModelState.Cell;
import org.s3ds.node.gc.ModelState.Part;
import org.s3ds.node.gc.ModelState.Stage;

/**
 * The steps of a writer: what {@code Adder}, {@code Pinner}, {@code BlockCommand} do, request by request. Several
 * requests are under way at a time, as in {@code BlockWriter} and {@code DagWalk}.
 */
final class ModelWriter {
    /** Blocks that a writer has in hand at a time. */
    private static final int WINDOW = 2;

    private final ModelDag dag;
    private final int number;
    private final List<ModelDeed> program;
    private final Flaw flaw;

    ModelWriter(ModelDag dag, int number, List<ModelDeed> program, Flaw flaw) {
        this.dag = dag;
        this.number = number;
        this.program = program;
        this.flaw = flaw;
    }

    boolean isDone(ModelState s) {
        return get(s, Part.DEED) == program.size() && get(s, Part.SENT) == 0;
    }

    /** All that may happen to it next. */
    void steps(ModelState s, Consumer<ModelStep> next) {
        if (get(s, Part.DEED) == program.size()) {
            lateRequests(s, next);
            return;
        }
        ModelDeed deed = program.get(get(s, Part.DEED));
        switch (s.stage(number)) {
            case BEFORE -> begin(s, deed, next);
            case OPEN -> step("opens a scope", 0, open(s, deed), next);
            case WORK -> work(s, deed, next);
            case PIN -> pin(s, deed, next);
            case PIN_NEW -> pinNew(s, (ModelDeed.Update) deed, next);
            case UNPIN_OLD -> unpinOld(s, (ModelDeed.Update) deed, next);
            case UNLOCK -> step("lets the pins go", 0, s.set(Cell.LOCKED, 0).to(number, Stage.CLOSE), next);
            case CLOSE -> step("closes its scope", 0, end(close(s)), next);
        }
    }

    private void begin(ModelState s, ModelDeed deed, Consumer<ModelStep> next) {
        switch (deed) {
            case ModelDeed.Unpin(int root) -> {
                if (!s.is(Cell.LOCKED)) {
                    step("unpins", root, end(s.drop(Cell.PINS, root)), next);
                }
            }
            case ModelDeed.Update update -> {
                ModelState looked = isPossible(s, update) ? s.to(number, Stage.OPEN) : end(s);
                step("looks for the old pin", 0, looked, next);
            }
            case ModelDeed.Refer(int root) when !s.is(Cell.BEGUN) -> refer(s, root, next);
            case ModelDeed.Add _, ModelDeed.AddGivenUp _, ModelDeed.Pin _, ModelDeed.Refer _, ModelDeed.Put _ ->
                step("opens a scope", 0, open(s, deed), next);
        }
    }

    private void refer(ModelState s, int root, Consumer<ModelStep> next) {
        boolean complete = (dag.below(root) & ~s.get(Cell.STORED)) == 0;
        ModelState holding = s.set(number, Part.OPEN, 1).set(number, Part.HOLDING, 1);
        step("holds collections off", 0, holding.to(number, complete ? Stage.PIN : Stage.CLOSE), next);
    }

    private ModelState open(ModelState s, ModelDeed deed) {
        ModelState opened = s.set(number, Part.OPEN, 1).to(number, Stage.WORK);
        return switch (deed) {
            case ModelDeed.Add(int root) -> opened.set(number, Part.TO_TOUCH, dag.below(root));
            case ModelDeed.AddGivenUp(int root) -> opened.set(number, Part.TO_TOUCH, dag.below(root));
            case ModelDeed.Put(int block) -> opened.set(number, Part.TO_TOUCH, block);
            case ModelDeed.Pin(int root) -> meet(opened, root);
            case ModelDeed.Refer(int root) -> meet(opened, root);
            case ModelDeed.Update(int from, int to) -> meet(opened.set(number, Part.SEEN, dag.below(from)), to);
            case ModelDeed.Unpin _ -> throw new IllegalStateException("no scope");
        };
    }

    private ModelState meet(ModelState s, int blocks) {
        int fresh = blocks & ~get(s, Part.SEEN);
        return s.add(number, Part.SEEN, fresh).add(number, Part.TO_TOUCH, fresh);
    }

    private void work(ModelState s, ModelDeed deed, Consumer<ModelStep> next) {
        int inHand = Integer.bitCount(get(s, Part.TO_SEND) | get(s, Part.SENT));
        // the last first: an add comes by children before their parents
        int block = Integer.highestOneBit(get(s, Part.TO_TOUCH));
        if (block != 0 && inHand < WINDOW) {
            take(s, deed, block, next);
        }
        for (int rest = get(s, Part.TO_SEND); rest != 0; rest &= rest - 1) {
            tellOrSend(s, deed, Integer.lowestOneBit(rest), next);
        }
        for (int rest = get(s, Part.SENT); rest != 0; rest &= rest - 1) {
            carryOut(s, deed, Integer.lowestOneBit(rest), next);
        }
        if (deed instanceof ModelDeed.AddGivenUp) {
            step("gives up, and closes its scope", 0, end(close(s)), next);
        }
    }

    private void take(ModelState s, ModelDeed deed, int block, Consumer<ModelStep> next) {
        ModelState taken = s.drop(number, Part.TO_TOUCH, block);
        if (flaw == Flaw.TOLD_AFTERWARDS) {
            step("requests", block, taken.add(number, Part.SENT, block), next);
        } else if (mayTouch(s, block)) {
            step("touches", block, touch(taken, deed, block).add(number, Part.TO_SEND, block), next);
        }
    }

    private boolean mayTouch(ModelState s, int block) {
        return flaw == Flaw.CONDEMNED_NOT_AWAITED || !s.has(Cell.CONDEMNED, block);
    }

    private ModelState touch(ModelState s, ModelDeed deed, int block) {
        if (flaw == Flaw.FOUND_NOT_TOLD && !puts(deed)) {
            return s;
        }
        ModelState touched = s.add(number, Part.TOUCHED, block);
        return s.is(Cell.BEGUN) ? touched.add(Cell.TOUCHED_SINCE, block) : touched;
    }

    private void tellOrSend(ModelState s, ModelDeed deed, int block, Consumer<ModelStep> next) {
        ModelState taken = s.drop(number, Part.TO_SEND, block);
        if (flaw != Flaw.TOLD_AFTERWARDS) {
            step("requests", block, taken.add(number, Part.SENT, block), next);
        } else if (mayTouch(s, block)) {
            step("touches", block, whenDone(touch(taken, deed, block), deed), next);
        }
    }

    private void carryOut(ModelState s, ModelDeed deed, int block, Consumer<ModelStep> next) {
        ModelState done = s.drop(number, Part.SENT, block);
        if (flaw == Flaw.TOLD_AFTERWARDS) {
            done = done.add(number, Part.TO_SEND, block);
        }
        if (puts(deed)) {
            step("has put", block, whenDone(done.add(Cell.STORED, block), deed), next);
        } else if (s.has(Cell.STORED, block)) {
            step("has found", block, whenDone(meet(done, dag.childrenOf(block)), deed), next);
        } else {
            step("misses, and gives up", block, giveUp(done).to(number, Stage.CLOSE), next);
        }
    }

    private ModelState giveUp(ModelState s) {
        return s.set(number, Part.TO_TOUCH, 0).set(number, Part.TO_SEND, 0).set(number, Part.SENT, 0);
    }

    private ModelState whenDone(ModelState s, ModelDeed deed) {
        if ((get(s, Part.TO_TOUCH) | get(s, Part.TO_SEND) | get(s, Part.SENT)) != 0) {
            return s;
        }
        if (deed instanceof ModelDeed.Put) {
            return s.to(number, Stage.CLOSE);
        }
        return (flaw == Flaw.CLOSED_BEFORE_THE_PIN ? close(s) : s).to(number, Stage.PIN);
    }

    private void pin(ModelState s, ModelDeed deed, Consumer<ModelStep> next) {
        if (s.is(Cell.LOCKED)) {
            return;
        }
        switch (deed) {
            case ModelDeed.Update update -> takePins(s, update, next);
            case ModelDeed.Add(int root) -> pin(s, root, next);
            case ModelDeed.AddGivenUp(int root) -> pin(s, root, next);
            case ModelDeed.Pin(int root) -> pin(s, root, next);
            case ModelDeed.Refer(int root) -> pin(s, root, next);
            case ModelDeed.Unpin _, ModelDeed.Put _ -> throw new IllegalStateException("pins nothing");
        }
    }

    private void pin(ModelState s, int root, Consumer<ModelStep> next) {
        step("pins", root, s.add(Cell.PINS, root).to(number, Stage.CLOSE), next);
    }

    private void takePins(ModelState s, ModelDeed.Update update, Consumer<ModelStep> next) {
        if (flaw == Flaw.OLD_PIN_NOT_CHECKED || isPossible(s, update)) {
            step("takes the pins", 0, s.set(Cell.LOCKED, 1).to(number, Stage.PIN_NEW), next);
        } else {
            step("gives up, as the old pin is gone", 0, s.to(number, Stage.CLOSE), next);
        }
    }

    private static boolean isPossible(ModelState s, ModelDeed.Update update) {
        return s.has(Cell.PINS, update.from()) && !s.has(Cell.PINS, update.to());
    }

    private void pinNew(ModelState s, ModelDeed.Update update, Consumer<ModelStep> next) {
        step("pins", update.to(), s.add(Cell.PINS, update.to()).to(number, Stage.UNPIN_OLD), next);
    }

    private void unpinOld(ModelState s, ModelDeed.Update update, Consumer<ModelStep> next) {
        step("unpins", update.from(), s.drop(Cell.PINS, update.from()).to(number, Stage.UNLOCK), next);
    }

    private ModelState close(ModelState s) {
        ModelState closed =
                s.set(number, Part.OPEN, 0).set(number, Part.HOLDING, 0).set(number, Part.TOUCHED, 0);
        return flaw == Flaw.CLOSED_SCOPES_FORGOTTEN ? closed.drop(Cell.TOUCHED_SINCE, get(s, Part.TOUCHED)) : closed;
    }

    /** What is under way stays so. */
    private ModelState end(ModelState s) {
        return s.set(number, Part.DEED, get(s, Part.DEED) + 1)
                .to(number, Stage.BEFORE)
                .set(number, Part.TO_TOUCH, 0)
                .set(number, Part.TO_SEND, 0)
                .set(number, Part.SEEN, 0);
    }

    private void lateRequests(ModelState s, Consumer<ModelStep> next) {
        for (int rest = get(s, Part.SENT); rest != 0; rest &= rest - 1) {
            int block = Integer.lowestOneBit(rest);
            ModelState gone = s.drop(number, Part.SENT, block);
            step("has put, late,", block, gone.add(Cell.STORED, block), next);
            step("has not put", block, gone, next);
        }
    }

    private static boolean puts(ModelDeed deed) {
        return deed instanceof ModelDeed.Add || deed instanceof ModelDeed.AddGivenUp || deed instanceof ModelDeed.Put;
    }

    private int get(ModelState s, Part part) {
        return s.get(number, part);
    }

    private void step(String what, int blocks, ModelState after, Consumer<ModelStep> next) {
        next.accept(new ModelStep(number, what, blocks, after));
    }
}
