package org.s3ds.datastore;

import org.jspecify.annotations.Nullable;

/** Shows nothing. */
record SilentLog() implements PluginLog {
    @Override
    public boolean shows(String logger, System.Logger.Level level) {
        return false;
    }

    @Override
    public void write(String logger, System.Logger.Level level, String message, @Nullable Throwable failure) {}
}
