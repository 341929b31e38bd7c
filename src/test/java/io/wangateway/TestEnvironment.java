package io.wangateway;

import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;

/**
 * What every test with an application context imports: a real PostgreSQL, empty before
 * the migrations. Time runs as it does in production, and with it the scheduled loops; a
 * test that stands it still imports {@link StandingTime} as well.
 */
@TestConfiguration(proxyBeanMethods = false)
public class TestEnvironment {

	@Bean
	TestDatabase testDatabase() {
		return TestDatabase.create();
	}

}
