package io.wangateway.database;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import javax.sql.DataSource;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/** Which database the application gets, and what it says when it gets none. */
@ExtendWith(OutputCaptureExtension.class)
class DatabaseConfigurationTests {

	@Test
	void unconfiguredGatewayKeepsItsDatabaseInTheDataFolder(@TempDir Path folder, CapturedOutput output)
			throws IOException {
		Path expected = folder.toRealPath().resolve("postgres/cluster");
		new ApplicationContextRunner().withUserConfiguration(Application.class)
			.withInitializer(
					(context) -> context.getEnvironment()
						.getPropertySources()
						.addFirst(new SystemEnvironmentPropertySource(
								StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
								Map.of("GATEWAY_DATA_DIR", folder.toString()))))
			.run((context) -> {
				JdbcClient jdbc = JdbcClient.create(context.getBean(DataSource.class));
				assertThat(jdbc.sql("show data_directory").query(String.class).single()).isEqualTo(expected.toString());
			});
		assertThat(expected.resolve("postmaster.pid")).as("a running server's file").doesNotExist();
		assertThat(output.toString().lines().filter((line) -> line.contains(".database.")))
			.noneMatch((line) -> line.contains("ERROR") || line.contains("WARN"));
	}

	@ParameterizedTest
	@CsvSource({ "'', true", "jdbc:postgresql://127.0.0.1/gateway, false" })
	void embeddedPostgresIsForGatewaysWithoutADatabase(String url, boolean embedded) {
		new ApplicationContextRunner().withUserConfiguration(DatabaseConfiguration.class)
			.withPropertyValues("spring.datasource.url=" + url)
			.run((context) -> assertThat(context.containsBean("embeddedPostgres")).isEqualTo(embedded));
	}

	@Test
	void unreachableDatabaseIsNamedWithoutItsPassword(CapturedOutput output) throws IOException {
		int port = closedPort();
		assertThatException().isThrownBy(
				() -> run("--spring.datasource.url=jdbc:postgresql://127.0.0.1:%d/g?password=secret".formatted(port)));
		assertThat(output)
			.contains("The gateway can't connect to the database jdbc:postgresql://127.0.0.1:%d/g: ".formatted(port))
			.contains("refused")
			.doesNotContain("secret", "\tat ");
	}

	@Test
	void urlOfAnotherKindIsExplained(CapturedOutput output) {
		assertThatException().isThrownBy(() -> run("--spring.datasource.url=postgres://user:secret@127.0.0.1/gateway"));
		assertThat(output).contains("SPRING_DATASOURCE_URL does not begin with jdbc:postgresql:")
			.contains("jdbc:postgresql://host:5432/database")
			.doesNotContain("secret", "\tat ");
	}

	@Test
	void unusableDataFolderIsExplained(@TempDir Path folder, CapturedOutput output) throws IOException {
		try (FolderLock _ = FolderLock.take(Files.createDirectory(folder.resolve("postgres")).toRealPath())) {
			assertThatException().isThrownBy(() -> run("--gateway.data-dir=" + folder));
		}
		assertThat(output)
			.contains("Another gateway (this process) is running with the embedded PostgreSQL in " + folder)
			.contains("GATEWAY_DATA_DIR")
			.doesNotContain("\tat ");
	}

	private static void run(String... arguments) {
		new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE).run(arguments).close();
	}

	private static int closedPort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
	}

	@Configuration(proxyBeanMethods = false)
	@Import(DatabaseConfiguration.class)
	@EnableConfigurationProperties(DataFolder.class)
	@ImportAutoConfiguration({ DataSourceAutoConfiguration.class, FlywayAutoConfiguration.class })
	static class Application {

	}

}
