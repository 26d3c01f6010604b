package org.s3ds.s3;

import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;

/** Something that the first who needs it makes; any other that comes meanwhile waits for it. */
final class Once<T> {
    private final FutureTask<T> task;

    /** @param maker what it throws, every caller gets */
    Once(Callable<T> maker) {
        this.task = new FutureTask<>(maker);
    }

    /** @throws SdkException when it could not be made, or is not made any more */
    T get() throws InterruptedException {
        task.run();
        try {
            return task.get();
        } catch (CancellationException e) {
            throw SdkClientException.create("the store is closed", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof SdkException failure
                    ? failure
                    : SdkException.create("the client could not be made", e.getCause());
        }
    }

    /** Does something with it if it was made; it is not made any more. */
    void end(Consumer<T> closing) {
        boolean neverUsed = task.cancel(false);
        if (!neverUsed && task.state() == Future.State.SUCCESS) {
            closing.accept(task.resultNow());
        }
    }
}
