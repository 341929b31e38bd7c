package io.wangateway.sandbox;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.wangateway.TestDatabase;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

/**
 * Lets the AI SDK judge whether the simulator is like the real service. It needs Node,
 * and its packages once; where they can't be had the test is skipped, except in CI.
 */
class AiSdkTests {

	private static final Logger logger = LoggerFactory.getLogger(AiSdkTests.class);

	private static final Path SOURCES = Path.of("src/test/node");

	private static final Path PROJECT = Path.of("target/node");

	private static final Duration PATIENCE = Duration.ofMinutes(3);

	@Test
	void generatesWithBothModels() throws Exception {
		install();
		try (TestSimulator simulator = new TestSimulator(TestDatabase.create(), Clock.systemUTC())) {
			simulator.control("PATCH", "/behaviour", """
					{"timings":{"pending":0.1,"run":0.3}}""");
			String origin = simulator.server().baseUrl().resolve("/").toString().replaceAll("/$", "");
			JsonNode results = JsonMapper.shared().readTree(run("node", "generate.mjs", origin, TestSimulator.KEY));

			assertThat(results.at("/i2v/bytes").intValue()).as(results.toString())
				.isEqualTo(new Mp4Video(1280, 720, 3, false).toBytes().length);
			assertThat(results.at("/r2v/bytes").intValue()).as(results.toString())
				.isEqualTo(new Mp4Video(1280, 720, 5, true).toBytes().length);
			assertThat(results.at("/r2v/metadata/usage")).hasToString(
					"""
							{"duration":7.5,"outputVideoDuration":5,"resolution":720,"size":"1280*720","inputVideoDuration":2.5}""");
			assertThat(results.at("/failed/message").asString()).contains("inappropriate content");
			assertThat(results.at("/refused/status").intValue()).isEqualTo(400);
		}
	}

	/** Install the packages unless they are there already for the same lock file. */
	private static void install() throws IOException, InterruptedException {
		Path installed = PROJECT.resolve("installed-lock.json");
		Path lock = SOURCES.resolve("package-lock.json");
		Files.createDirectories(PROJECT);
		for (String file : List.of("package.json", "package-lock.json", "generate.mjs")) {
			Files.copy(SOURCES.resolve(file), PROJECT.resolve(file), StandardCopyOption.REPLACE_EXISTING);
		}
		if (Files.exists(installed) && Files.mismatch(installed, lock) < 0) {
			return;
		}
		try {
			run("npm", "ci", "--no-audit", "--no-fund");
			Files.copy(lock, installed, StandardCopyOption.REPLACE_EXISTING);
		}
		catch (IOException ex) {
			giveUp("The AI SDK was not tried: " + ex.getMessage());
		}
	}

	private static void giveUp(String reason) {
		if (System.getenv("CI") != null) {
			fail(reason);
		}
		logger.warn(reason);
		abort(reason);
	}

	private static String run(String... command) throws IOException, InterruptedException {
		File errors = Files.createTempFile("node", ".err").toFile();
		File output = Files.createTempFile("node", ".out").toFile();
		Process process = new ProcessBuilder(command).directory(PROJECT.toFile())
			.redirectError(errors)
			.redirectOutput(output)
			.start();
		boolean ended = process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
		process.destroyForcibly();
		if (!ended || process.exitValue() != 0) {
			throw new IOException(String.join(" ", command) + ": " + Files.readString(errors.toPath()));
		}
		return Files.readString(output.toPath());
	}

}
