package org.s3ds.node.plugins;

import org.s3ds.datastore.PluginApi;

/** What every plugin sees beside its own jar: the JDK, and the plugin API. Nothing else of the program. */
final class ApiClassLoader extends ClassLoader {
    static {
        registerAsParallelCapable();
    }

    private static final String API = PluginApi.class.getPackageName();

    ApiClassLoader() {
        super("plugin-api", ClassLoader.getPlatformClassLoader());
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        if (name.lastIndexOf('.') == API.length() && name.startsWith(API)) {
            return Class.forName(name, false, PluginApi.class.getClassLoader());
        }
        throw new ClassNotFoundException(name);
    }
}
