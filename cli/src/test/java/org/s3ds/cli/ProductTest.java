package org.s3ds.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ProductTest {
    @Test
    void theCommitStandsInTheVersionOfTheJar() {
        assertEquals("0212968ab-dirty", Product.commit("0.1.0-SNAPSHOT+0212968ab-dirty"));
        assertEquals("", Product.commit("0.1.0-SNAPSHOT+"), "a build outside a checkout");
        assertEquals("", Product.commit("0.1.0-SNAPSHOT"));
        assertEquals("", Product.commit(null), "classes in a folder");
    }
}
