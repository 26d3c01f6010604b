package org.s3ds.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** What of a path is logged. */
class AccessLogTest {
    @Test
    void onlyTheWordsOfACommandAreLogged() {
        assertEquals("/api/v0/add", AccessLog.command("/api/v0/add"));
        assertEquals("/api/v0/pin/ls", AccessLog.command("/api/v0/pin/ls"));
        assertEquals("/api/v0/block/stat", AccessLog.command("/api/v0/block/stat/QmUNLLsPACCz1vLxQVkXqqLX5R1X345q"));
        assertEquals("/api/v0/config", AccessLog.command("/api/v0/config/Identity.PrivKey"));
        assertEquals(
                "/api/v0/cat",
                AccessLog.command("/api/v0/cat/bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e"));
        assertEquals("no command", AccessLog.command("/api/v0/%0a2026 forged"));
        assertEquals("no command", AccessLog.command("/healthz"));
    }
}
