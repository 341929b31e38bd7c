package io.wangateway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/** Secrets that are files, as container engines hand them out. */
class SecretFilesTests {

	@TempDir
	Path folder;

	@Test
	void fileIsNamedForItsSetting() throws IOException {
		Files.writeString(this.folder.resolve("spring.datasource.password"), "of-the-database\n");
		Files.writeString(this.folder.resolve("gateway.admin-key"), "of-the-admin");
		Files.writeString(this.folder.resolve("DASHSCOPE_API_KEY"), "of-upstream\n");
		StandardEnvironment environment = environment(this.folder);
		assertThat(environment.getProperty("spring.datasource.password")).isEqualTo("of-the-database");
		assertThat(environment.getProperty("gateway.admin-key")).isEqualTo("of-the-admin");
		assertThat(environment.getProperty("gateway.dashscope.api-key")).isEqualTo("of-upstream");
	}

	@Test
	void folderNeedNotBeThere() {
		assertThat(environment(this.folder.resolve("none")).getProperty("spring.datasource.password")).isNull();
	}

	private static StandardEnvironment environment(Path folder) {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources()
			.addFirst(new MapPropertySource("test", Map.of("GATEWAY_SECRETS_DIR", folder.toString(),
					"spring.config.location", "classpath:/application.yml")));
		ConfigDataEnvironmentPostProcessor.applyTo(environment);
		return environment;
	}

}
