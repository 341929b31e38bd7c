package io.wangateway;

import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.test.context.DynamicPropertyRegistrar;

/**
 * What every test with an application context imports: a real PostgreSQL, empty before
 * the migrations, and a folder of its own. Time runs as it does in production, and with
 * it the scheduled loops; a test that stands it still imports {@link StandingTime} as
 * well.
 */
@TestConfiguration(proxyBeanMethods = false)
public class TestEnvironment {

	@Bean
	TestDatabase testDatabase() {
		return TestDatabase.create();
	}

	/** A database knows its store, so that no two can have the same folder. */
	@Bean
	DynamicPropertyRegistrar folder(TestDatabase database) {
		return (properties) -> properties.add("gateway.data-dir", () -> "target/test-data/" + database.name());
	}

}
