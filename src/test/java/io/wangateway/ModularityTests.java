package io.wangateway;

import org.junit.jupiter.api.Test;

import org.springframework.modulith.core.ApplicationModules;

/** The rooms of the house, and the one way that dependencies run between them. */
class ModularityTests {

	@Test
	void roomsDependOnEachOtherOnlyAsTheyDeclare() {
		ApplicationModules.of(GatewayApplication.class).verify();
	}

}
