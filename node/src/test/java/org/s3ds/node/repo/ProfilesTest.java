package org.s3ds.node.repo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ProfilesTest {
    private static final RandomGenerator SIX = () -> 6;

    @Test
    void initWithProfileTestIsKubosFileByteForByte() throws Exception {
        Config kubo = ConfigTest.kubo();
        Identity identity = new Identity(text(kubo, "Identity.PeerID"), text(kubo, "Identity.PrivKey"));

        Config ours = RepoPlan.fresh(identity, Map.of(), List.of("test"), SIX)
                .config()
                .put("Datastore.Spec", kubo.find("Datastore.Spec").orElseThrow());

        assertEquals(ConfigTest.kuboText(), ours.toJson());
    }

    @Test
    void theSpecIsWrittenInByteOrder() throws Exception {
        Config config = fresh();
        assertEquals(
                "{\"a\":1,\"type\":\"mem\"}",
                Json.compact(config.find("Datastore.Spec").orElseThrow()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "server|local-discovery",
                "test|default-networking",
                "autoconf-off|autoconf-on",
            })
    void oneProfileTakesBackTheOther(String there, String back) throws Exception {
        Config config = apply(back, fresh());
        assertEquals(config.toJson(), apply(back, apply(there, config)).toJson());
    }

    @Test
    void announcingGoesOffAndOn() throws Exception {
        Config off = apply("announce-off", fresh());
        assertEquals(Optional.of(false), off.find("Provide.Enabled"));
        assertEquals(Optional.of("0s"), off.find("Provide.DHT.Interval"));
        assertEquals(fresh().toJson(), apply("announce-on", off).toJson());
    }

    @Test
    void serverAnnouncesNoPrivateNetwork() throws Exception {
        Config config = apply("server", apply("server", fresh()));
        assertEquals(19, ((List<?>) config.find("Addresses.NoAnnounce").orElseThrow()).size());
        assertEquals(config.find("Addresses.NoAnnounce"), config.find("Swarm.AddrFilters"));
        assertEquals(Optional.of(false), config.find("Discovery.MDNS.Enabled"));
        assertEquals(Optional.of(true), config.find("Swarm.DisableNatPortMap"));
    }

    @ParameterizedTest
    @CsvSource({
        "unixfs-v0-2015,0,false,174,links",
        "legacy-cid-v0,0,false,174,links",
        "unixfs-v1-2025,1,true,1024,block"
    })
    void unixfsProfilesSetTheImport(String name, long version, boolean raw, long links, String estimation)
            throws Exception {
        Config config = apply(name, fresh());
        assertEquals(Optional.of(version), config.find("Import.CidVersion"));
        assertEquals(Optional.of(raw), config.find("Import.UnixFSRawLeaves"));
        assertEquals(Optional.of(links), config.find("Import.UnixFSFileMaxLinks"));
        assertEquals(Optional.of(estimation), config.find("Import.UnixFSHAMTDirectorySizeEstimation"));
    }

    @ParameterizedTest
    @CsvSource({
        "flatfs,mount",
        "default-datastore,mount",
        "flatfs-measure,mount",
        "pebbleds,pebbleds",
        "pebbleds-measure,measure",
        "badgerds,badgerds",
        "badgerds-measure,measure"
    })
    void datastoreProfilesReplaceTheSpec(String name, String type) throws Exception {
        assertEquals(Optional.of(type), apply(name, fresh()).find("Datastore.Spec.type"));
    }

    @Test
    void lowPowerAndRandomPorts() throws Exception {
        assertEquals(Optional.of("autoclient"), apply("lowpower", fresh()).find("Routing.Type"));
        assertEquals(
                2,
                ((List<?>) apply("randomports", fresh()).find("Addresses.Swarm").orElseThrow()).size());
    }

    @ParameterizedTest
    @CsvSource({"nonsense", "test-cid-v1", "Server"})
    void anUnknownProfileIsRefused(String name) {
        ConfigException e = assertThrows(ConfigException.class, () -> apply(name, fresh()));
        assertEquals("invalid configuration profile: " + name, e.getMessage());
    }

    private static Config fresh() throws ConfigException {
        return RepoPlan.fresh(new Identity("p", "k"), Map.of("type", "mem", "a", 1L), List.of(), new SecureRandom())
                .config();
    }

    private static Config apply(String name, Config config) throws ConfigException {
        return new Profiles(SIX).apply(name, config);
    }

    private static String text(Config config, String key) {
        return (String) config.find(key).orElseThrow();
    }
}
