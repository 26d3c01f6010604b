package org.s3ds.node.repo;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Kubo's config profiles: sets of changes with a name. */
public final class Profiles {
    private static final String LOOPBACK = "/ip4/127.0.0.1/tcp/0";
    private static final List<String> AUTO = List.of("auto");

    /** Networks that no public node should announce or dial. */
    private static final List<String> NOT_PUBLIC = List.of(
            "/ip4/10.0.0.0/ipcidr/8",
            "/ip4/100.64.0.0/ipcidr/10",
            "/ip4/127.0.0.0/ipcidr/8",
            "/ip4/169.254.0.0/ipcidr/16",
            "/ip4/172.16.0.0/ipcidr/12",
            "/ip4/192.0.0.0/ipcidr/24",
            "/ip4/192.0.2.0/ipcidr/24",
            "/ip4/192.168.0.0/ipcidr/16",
            "/ip4/198.18.0.0/ipcidr/15",
            "/ip4/198.51.100.0/ipcidr/24",
            "/ip4/203.0.113.0/ipcidr/24",
            "/ip4/240.0.0.0/ipcidr/4",
            "/ip6/::/ipcidr/3",
            "/ip6/::1/ipcidr/128",
            "/ip6/100::/ipcidr/64",
            "/ip6/2001:2::/ipcidr/48",
            "/ip6/2001:db8::/ipcidr/32",
            "/ip6/fc00::/ipcidr/7",
            "/ip6/fe80::/ipcidr/10");

    private final RandomGenerator random;

    /** With chance, for the profile {@code randomports}. */
    public Profiles(RandomGenerator random) {
        this.random = random;
    }

    /** Whether a profile says where a repo keeps its data, so that it is for init alone. */
    public static boolean isDatastore(String name) {
        return ProfileSpecs.of(name).isPresent();
    }

    /**
     * A config with one profile applied.
     *
     * @throws ConfigException when there is no such profile: {@code invalid configuration profile: <name>}
     */
    public Config apply(String name, Config config) throws ConfigException {
        return find(name, config).orElseThrow(() -> new ConfigException("invalid configuration profile: " + name));
    }

    /** A config with one profile applied; empty when there is no such profile. */
    public Optional<Config> find(String name, Config config) throws ConfigException {
        Editor edit = new Editor(config);
        switch (name) {
            case "server" -> server(edit);
            case "local-discovery" -> localDiscovery(edit);
            case "test" -> test(edit);
            case "default-networking" -> defaultNetworking(edit);
            case "lowpower" -> lowPower(edit);
            case "announce-off" -> edit.put("Provide.Enabled", false).put("Provide.DHT.Interval", "0s");
            case "announce-on" -> edit.without("Provide.Enabled").without("Provide.DHT.Interval");
            case "randomports" -> randomPorts(edit);
            case "unixfs-v0-2015", "legacy-cid-v0" -> unixfs(edit, 0, false, "size-262144", 174, "links");
            case "unixfs-v1-2025" -> unixfs(edit, 1, true, "size-1048576", 1024, "block");
            case "autoconf-on" -> autoconf(edit, AUTO, Map.of(".", "auto")).put("AutoConf.Enabled", true);
            case "autoconf-off" -> autoconf(edit, List.of(), Map.of()).put("AutoConf.Enabled", false);
            default -> {
                Optional<Map<String, Object>> spec = ProfileSpecs.of(name);
                if (spec.isEmpty()) {
                    return Optional.empty();
                }
                edit.put("Datastore.Spec", Json.sorted(spec.get()));
            }
        }
        return Optional.of(edit.config);
    }

    private static void server(Editor edit) throws ConfigException {
        edit.addAll("Addresses.NoAnnounce", NOT_PUBLIC)
                .addAll("Swarm.AddrFilters", NOT_PUBLIC)
                .put("Discovery.MDNS.Enabled", false)
                .put("Swarm.DisableNatPortMap", true);
    }

    private static void localDiscovery(Editor edit) throws ConfigException {
        edit.removeAll("Addresses.NoAnnounce", NOT_PUBLIC)
                .removeAll("Swarm.AddrFilters", NOT_PUBLIC)
                .put("Discovery.MDNS.Enabled", true)
                .put("Swarm.DisableNatPortMap", false);
    }

    private static void test(Editor edit) throws ConfigException {
        edit.put("Addresses.API", LOOPBACK)
                .put("Addresses.Gateway", LOOPBACK)
                .put("Addresses.Swarm", List.of(LOOPBACK))
                .put("Discovery.MDNS.Enabled", false)
                .put("Swarm.DisableNatPortMap", true)
                .put("Routing.LoopbackAddressesOnLanDHT", true)
                .put("AutoTLS.Enabled", false)
                .put("AutoConf.Enabled", false);
        autoconf(edit, List.of(), Map.of());
    }

    private static void defaultNetworking(Editor edit) throws ConfigException {
        edit.put("Addresses", DefaultConfig.at("Addresses"))
                .put("Discovery.MDNS.Enabled", true)
                .put("Swarm.DisableNatPortMap", false)
                .without("Routing.LoopbackAddressesOnLanDHT")
                .without("AutoTLS.Enabled")
                .without("AutoConf.Enabled");
        autoconf(edit, AUTO, Map.of(".", "auto"));
    }

    private static void lowPower(Editor edit) throws ConfigException {
        edit.put("Routing.Type", "autoclient")
                .put("AutoNAT.ServiceMode", "disabled")
                .put("Swarm.RelayService.Enabled", false)
                .put("Swarm.ConnMgr.Type", "basic")
                .put("Swarm.ConnMgr.LowWater", 20L)
                .put("Swarm.ConnMgr.HighWater", 40L)
                .put("Swarm.ConnMgr.GracePeriod", "1m0s");
    }

    private void randomPorts(Editor edit) throws ConfigException {
        int port = random.nextInt(1024, 65536);
        edit.put("Addresses.Swarm", List.of("/ip4/0.0.0.0/tcp/" + port, "/ip6/::/tcp/" + port));
    }

    private static void unixfs(
            Editor edit, long cidVersion, boolean rawLeaves, String chunker, long maxLinks, String estimation)
            throws ConfigException {
        edit.put("Import.CidVersion", cidVersion)
                .put("Import.UnixFSRawLeaves", rawLeaves)
                .put("Import.UnixFSChunker", chunker)
                .put("Import.HashFunction", "sha2-256")
                .put("Import.UnixFSFileMaxLinks", maxLinks)
                .put("Import.UnixFSDirectoryMaxLinks", 0L)
                .put("Import.UnixFSHAMTDirectoryMaxFanout", 256L)
                .put("Import.UnixFSHAMTDirectorySizeThreshold", "256KiB")
                .put("Import.UnixFSHAMTDirectorySizeEstimation", estimation)
                .put("Import.UnixFSDAGLayout", "balanced");
    }

    private static Editor autoconf(Editor edit, List<String> peers, Map<String, String> resolvers)
            throws ConfigException {
        return edit.put("Bootstrap", peers)
                .put("DNS.Resolvers", resolvers)
                .put("Routing.DelegatedRouters", peers)
                .put("Ipns.DelegatedPublishers", peers);
    }

    /** A config being changed. */
    private static final class Editor {
        private Config config;

        Editor(Config config) {
            this.config = config;
        }

        Editor put(String key, @Nullable Object value) throws ConfigException {
            config = config.put(key, value);
            return this;
        }

        Editor without(String key) {
            config = config.without(key);
            return this;
        }

        Editor addAll(String key, List<String> texts) throws ConfigException {
            Set<Object> all = new LinkedHashSet<>(list(key));
            all.addAll(texts);
            return put(key, List.copyOf(all));
        }

        Editor removeAll(String key, List<String> texts) throws ConfigException {
            List<Object> kept = new ArrayList<>(list(key));
            kept.removeAll(texts);
            return put(key, kept);
        }

        private List<?> list(String key) {
            return config.find(key).orElse(null) instanceof List<?> list ? list : List.of();
        }
    }
}
