package org.s3ds.node.repo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What a new repo will be: its config, checked as far as can be without a store. */
public final class RepoPlan {
    private final Config config;
    private final byte[] text;

    private RepoPlan(Config config, byte[] text) {
        this.config = config;
        this.text = text;
    }

    /**
     * Kubo's default config with an identity, a datastore spec and profiles, applied in this sequence.
     *
     * @param spec the {@code Datastore.Spec}
     * @param profiles names such as {@code server}, {@code test}
     * @param random chance, for the profile {@code randomports}
     * @throws ConfigException when there is no such profile
     */
    public static RepoPlan fresh(
            Identity identity,
            Map<String, ? extends @Nullable Object> spec,
            List<String> profiles,
            RandomGenerator random)
            throws ConfigException {
        Config config = DefaultConfig.of(identity, spec);
        Profiles known = new Profiles(random);
        for (String profile : profiles) {
            config = known.apply(profile, config);
        }
        return new RepoPlan(config, config.toJson().getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Exactly this config file.
     *
     * @param where its name, for errors
     */
    public static RepoPlan verbatim(byte[] file, String where) throws IOException {
        return new RepoPlan(Config.parse(file, where), file.clone());
    }

    /** The config that the repo will have. */
    public Config config() {
        return config;
    }

    /** The config file, byte for byte. */
    byte[] text() {
        return text.clone();
    }
}
