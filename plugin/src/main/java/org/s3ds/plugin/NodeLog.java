package org.s3ds.plugin;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.s3ds.datastore.PluginLog;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.Logger;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.helpers.NOPMDCAdapter;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/** The SLF4J of the plugin. SLF4J finds this class by its name in {@code META-INF/services}, and makes the only one. */
public final class NodeLog implements SLF4JServiceProvider, ILoggerFactory {
    private final PluginLog log = PluginLog.ofNode();
    private final Map<String, Logger> loggers = new ConcurrentHashMap<>();
    private final IMarkerFactory markers = new BasicMarkerFactory();
    private final MDCAdapter contexts = new NOPMDCAdapter();

    /** For SLF4J alone. */
    public NodeLog() {}

    @Override
    public Logger getLogger(String name) {
        return loggers.computeIfAbsent(name, n -> new NodeLogger(n, log));
    }

    @Override
    public ILoggerFactory getLoggerFactory() {
        return this;
    }

    @Override
    public IMarkerFactory getMarkerFactory() {
        return markers;
    }

    @Override
    public MDCAdapter getMDCAdapter() {
        return contexts;
    }

    @Override
    public String getRequestedApiVersion() {
        return "2.0.99";
    }

    @Override
    public void initialize() {}
}
