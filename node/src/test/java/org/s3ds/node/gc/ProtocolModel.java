package org.s3ds.node.gc;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.s3ds.node.gc.ModelState.Cell;

/**
 * The protocol between those who store blocks and the one who removes them ({@code Protection}, {@code Pins}), small
 * enough that everything which may happen can be looked at: whoever is next does one step, and the search visits every
 * state that any sequence of steps leads to.
 */
final class ProtocolModel {
    private final ModelDag dag;
    private final ModelCollector collector;
    private final List<ModelWriter> writers = new ArrayList<>();

    ProtocolModel(ModelDag dag, List<List<ModelDeed>> programs, Flaw flaw) {
        this.dag = dag;
        this.collector = new ModelCollector(dag, flaw);
        for (List<ModelDeed> program : programs) {
            writers.add(new ModelWriter(dag, writers.size(), program, flaw));
        }
    }

    /**
     * What a search has found.
     *
     * @param states that it visited
     * @param failure how it goes wrong, step by step; empty when it never does
     */
    record Result(long states, Optional<String> failure) {}

    /** Visits all that can be reached, nearest first, until something is wrong. */
    Result search(ModelState first) {
        Map<ModelState, ModelState> before = new HashMap<>();
        Deque<ModelState> queue = new ArrayDeque<>(List.of(first));
        before.put(first, first);
        while (!queue.isEmpty()) {
            ModelState state = queue.remove();
            List<ModelStep> steps = steps(state);
            Optional<String> wrong = wrong(state, steps.isEmpty());
            if (wrong.isPresent()) {
                return new Result(before.size(), Optional.of(story(before, state) + wrong.get()));
            }
            for (ModelStep step : steps) {
                if (before.putIfAbsent(step.after(), state) == null) {
                    queue.add(step.after());
                }
            }
        }
        return new Result(before.size(), Optional.empty());
    }

    private List<ModelStep> steps(ModelState state) {
        List<ModelStep> steps = new ArrayList<>();
        Consumer<ModelStep> next = steps::add;
        collector.steps(state, next);
        for (ModelWriter writer : writers) {
            writer.steps(state, next);
        }
        return steps;
    }

    private Optional<String> wrong(ModelState state, boolean last) {
        int lost = dag.below(state.get(Cell.PINS)) & ~state.get(Cell.STORED);
        if (lost != 0) {
            return Optional.of("what is pinned lacks " + dag.text(lost));
        }
        int missed = (state.get(Cell.TO_MARK) | state.get(Cell.MARKED)) & ~state.get(Cell.STORED);
        if (missed != 0) {
            return Optional.of("the collector cannot mark " + dag.text(missed));
        }
        return last ? wrongInTheEnd(state) : Optional.empty();
    }

    private Optional<String> wrongInTheEnd(ModelState state) {
        if (!ModelCollector.isDone(state) || !writers.stream().allMatch(writer -> writer.isDone(state))) {
            return Optional.of("nobody can go on");
        }
        ModelState collected = state.set(Cell.LEFT, 1);
        for (List<ModelStep> steps = steps(collected); !steps.isEmpty(); steps = steps(collected)) {
            collected = steps.getFirst().after();
        }
        int rest = collected.get(Cell.STORED) & ~dag.below(collected.get(Cell.PINS));
        return rest == 0 ? Optional.empty() : Optional.of("a last collection leaves " + dag.text(rest));
    }

    private String story(Map<ModelState, ModelState> before, ModelState last) {
        Deque<String> lines = new ArrayDeque<>();
        ModelState after = last;
        for (ModelState state = before(before, after); !state.equals(after); state = before(before, after)) {
            lines.push(line(state, after));
            after = state;
        }
        lines.push("stored: " + dag.text(after.get(Cell.STORED)) + "; pinned: " + dag.text(after.get(Cell.PINS)));
        return String.join("\n", lines) + "\n";
    }

    private static ModelState before(Map<ModelState, ModelState> before, ModelState state) {
        return Objects.requireNonNull(before.get(state));
    }

    private String line(ModelState state, ModelState after) {
        return steps(state).stream()
                .filter(step -> step.after().equals(after))
                .findFirst()
                .orElseThrow()
                .text(dag);
    }
}
