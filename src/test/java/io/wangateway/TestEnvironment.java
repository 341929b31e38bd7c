package io.wangateway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.test.context.DynamicPropertyRegistrar;

/**
 * What every test with an application context imports: a real PostgreSQL, empty before
 * the migrations, and an empty data folder. Time runs as it does in production, and with
 * it the scheduled loops; a test that stands it still imports {@link StandingTime} as
 * well.
 */
@TestConfiguration(proxyBeanMethods = false)
public class TestEnvironment {

	@Bean
	TestDatabase testDatabase() {
		return TestDatabase.create();
	}

	@Bean
	DynamicPropertyRegistrar testDataFolder() throws IOException {
		Path folder = Files.createTempDirectory(Files.createDirectories(Path.of("target/data")), "");
		return (registry) -> registry.add("gateway.data-dir", () -> folder);
	}

}
