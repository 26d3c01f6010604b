package org.s3ds.node.unixfs;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** How many bytes an input has, counted without reading them. */
public final class InputSize {
    private InputSize() {}

    /**
     * Walks an input.
     *
     * @return bytes in all files; files whose size is not known count nothing
     */
    public static long of(List<InputNode> inputs) throws IOException {
        long size = 0;
        for (InputNode input : inputs) {
            size += of(input);
        }
        return size;
    }

    private static long of(InputNode input) throws IOException {
        long size = own(input);
        Deque<InputNode.Children> open = new ArrayDeque<>();
        try {
            enter(input, open);
            while (!open.isEmpty()) {
                Optional<InputNode> next = open.getLast().next();
                if (next.isPresent()) {
                    size += own(next.get());
                    enter(next.get(), open);
                } else {
                    open.removeLast().close();
                }
            }
        } finally {
            for (InputNode.Children children : open) {
                children.close();
            }
        }
        return size;
    }

    private static void enter(InputNode input, Deque<InputNode.Children> open) throws IOException {
        if (input instanceof InputNode.Directory directory) {
            open.addLast(directory.open());
        }
    }

    private static long own(InputNode input) {
        return input instanceof InputNode.File file ? file.size().orElse(0) : 0;
    }
}
