package io.wangateway.dashscope;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests what an operator can set, and what stops the start.
 */
class DashScopeSettingsTests {

	@TempDir
	private Path folder;

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withInitializer(new ConfigDataApplicationContextInitializer())
		.withUserConfiguration(Configuration.class);

	@Test
	void withoutAKeyThereIsNoLiveAccount() {
		this.runner.run((context) -> {
			DashScopeSettings settings = context.getBean(DashScopeSettings.class);
			assertThat(settings.account()).isEmpty();
			assertThat(settings.baseUrl()).isEqualTo("https://dashscope.aliyuncs.com/api/v1");
			assertThat(settings.callTimeout()).isEqualTo(Duration.ofSeconds(20));
		});
	}

	@Test
	void accountIsSetByTheNamesThatAlibabasSdkReads() {
		this.runner
			.withSystemProperties("DASHSCOPE_API_KEY= sk-1234567890 ",
					"DASHSCOPE_HTTP_BASE_URL=https://ws.cn-beijing.maas.aliyuncs.com/api/v1/",
					"gateway.dashscope.workspace=ws-1")
			.run((context) -> assertThat(context.getBean(DashScopeSettings.class).account())
				.contains(new DashScopeAccount(URI.create("https://ws.cn-beijing.maas.aliyuncs.com/api/v1"),
						"sk-1234567890", "ws-1")));
	}

	@Test
	void keyMayLieInAFile() throws IOException {
		Path file = Files.writeString(this.folder.resolve("key"), "sk-1234567890\n");
		this.runner.withSystemProperties("DASHSCOPE_API_KEY_FILE=" + file)
			.run((context) -> assertThat(context.getBean(DashScopeSettings.class).apiKey()).isEqualTo("sk-1234567890"));
	}

	@Test
	void keyIsNeverWrittenOut() {
		this.runner.withSystemProperties("DASHSCOPE_API_KEY=sk-1234567890").run((context) -> {
			DashScopeSettings settings = context.getBean(DashScopeSettings.class);
			assertThat(settings.toString()).doesNotContain("1234567890");
			assertThat(settings.account().toString()).doesNotContain("1234567890");
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "dashscope.aliyuncs.com", "ftp://dashscope.aliyuncs.com", "https://", "https:///api/v1",
			"http s://x", "https://a.example/api/v1?x=1", "https://a.example/#x",
			"https://me:secret@a.example/api/v1" })
	void addressThatIsNoneStopsTheStartWithASentence(String address) {
		this.runner.withSystemProperties("DASHSCOPE_HTTP_BASE_URL=" + address)
			.run((context) -> assertThat(context.getStartupFailure()).rootCause()
				.isInstanceOf(IllegalArgumentException.class)
				.hasMessageStartingWith(
						"The DashScope address (DASHSCOPE_HTTP_BASE_URL) must be an absolute http or https" + " URL")
				.hasMessageNotContaining("secret"));
	}

	@Test
	void keyThatNoHeaderTakesStopsTheStartWithoutShowingIt() {
		this.runner.withSystemProperties("DASHSCOPE_API_KEY=sk-1234567890 “x”")
			.run((context) -> assertThat(context.getStartupFailure()).rootCause()
				.hasMessageContaining("visible ASCII")
				.hasMessageNotContaining("1234567890"));
	}

	@Test
	void missingKeyFileStopsTheStart() {
		this.runner.withSystemProperties("DASHSCOPE_API_KEY_FILE=" + this.folder.resolve("none"))
			.run((context) -> assertThat(context.getStartupFailure())
				.hasStackTraceContaining("DASHSCOPE_API_KEY_FILE names a file that cannot be read"));
	}

	@Test
	void emptyKeyFileStopsTheStart() throws IOException {
		Path file = Files.writeString(this.folder.resolve("key"), "\n");
		this.runner.withSystemProperties("DASHSCOPE_API_KEY_FILE=" + file)
			.run((context) -> assertThat(context.getStartupFailure()).rootCause()
				.hasMessageContaining("DASHSCOPE_API_KEY_FILE names a file without a key"));
	}

	@Test
	void twoKeysStopTheStart() {
		this.runner.withSystemProperties("DASHSCOPE_API_KEY=sk-1", "DASHSCOPE_API_KEY_FILE=key")
			.run((context) -> assertThat(context.getStartupFailure()).rootCause()
				.hasMessageContaining("set one of them"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "connect-timeout=0s", "response-timeout=-1s", "call-timeout=0", "upload-timeout=0",
			"max-answer-size=0B", "max-answer-size=1GB" })
	void limitThatIsNoneStopsTheStart(String setting) {
		this.runner.withSystemProperties("gateway.dashscope." + setting)
			.run((context) -> assertThat(context.getStartupFailure()).rootCause()
				.hasMessageContaining("gateway.dashscope"));
	}

	@EnableConfigurationProperties(DashScopeSettings.class)
	static class Configuration {

	}

}
