package org.s3ds.ipld;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where in a value a reader or writer is: the lists and maps around it, and the number or key in each. */
final class Way {
    /** How many characters of a long way are told, those of its end. */
    private static final int MOST_TOLD = 128;

    private final List<Step> steps = new ArrayList<>();

    /** Where in a list or map. */
    private static final class Step {
        private @Nullable String key;
        private int index = -1;

        String text() {
            return key == null ? Integer.toString(index) : key;
        }
    }

    /** How many lists and maps have begun and not ended. */
    int depth() {
        return steps.size();
    }

    /** A list or map begins. */
    void begin() {
        steps.add(new Step());
    }

    /** What comes stands below this key of the map that began last. */
    void key(String key) {
        steps.getLast().key = key;
    }

    /** What comes is the next item of the list that began last. */
    void item() {
        steps.getLast().index++;
    }

    /** The list or map that began last ends. */
    void end() {
        steps.removeLast();
    }

    /** Keys, and numbers from 0, between slashes: {@code a/b/0}. Of a long way only the end, behind dots. */
    @Override
    public String toString() {
        StringBuilder told = new StringBuilder();
        for (int i = steps.size() - 1; i >= 0; i--) {
            String step = steps.get(i).text();
            int room = Math.max(0, MOST_TOLD - told.length());
            if (step.length() > room) {
                return "…" + end(step, room) + told;
            }
            told.insert(0, i == 0 ? step : "/" + step);
        }
        return told.toString();
    }

    /** The last characters, none of them halved. */
    private static String end(String step, int length) {
        int from = step.length() - length;
        boolean halves = length > 0 && Character.isLowSurrogate(step.charAt(from));
        return step.substring(halves ? from + 1 : from);
    }
}
