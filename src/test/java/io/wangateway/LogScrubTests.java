package io.wangateway;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/** What the log must not tell, however talkative it is. */
@GatewayTest
@ExtendWith(OutputCaptureExtension.class)
class LogScrubTests {

	private static final String TASKS = "/v1/videos/generations";

	@Autowired
	TestGateway gateway;

	@Autowired
	RestTestClient client;

	@Autowired
	TestDatabase database;

	@Autowired
	JdbcClient jdbc;

	private final LoggingSystem logging = LoggingSystem.get(LogScrubTests.class.getClassLoader());

	private final String prompt = "prompt-" + UUID.randomUUID();

	@BeforeEach
	void talk() {
		this.logging.setLogLevel("io.wangateway", LogLevel.TRACE);
	}

	@AfterEach
	void hush() {
		this.logging.setLogLevel("io.wangateway", null);
	}

	@Test
	void fullRunTellsNoSecrets(CapturedOutput output) {
		String team = this.gateway.team();
		JsonNode made = this.gateway.key(team, false);
		String key = made.get("key").stringValue();
		String rotated = TestGateway
			.json(this.gateway.post(this.gateway.admin(),
					"/v1/admin/teams/%s/keys/%s/rotate".formatted(team, made.get("id").stringValue()), "{}"))
			.get("key")
			.stringValue();
		String operator = this.gateway.operator("finance");
		String link = finish(rotated, "").at("/result/data/0/url").stringValue();
		fetch(link);
		fetch(link + "x");
		finish(key, " [[sim:lost-answer*1]]");
		finish(key, " [[sim:fail]]");
		refuse(key, operator);
		assertThat(this.logging.getLoggerConfiguration("io.wangateway").getEffectiveLevel()).isEqualTo(LogLevel.TRACE);
		assertThat(output).contains("io.wangateway")
			.doesNotContain(List.of(key, rotated, operator, this.gateway.admin(), this.prompt, link,
					link.substring(link.indexOf("signature=")), this.database.secret()))
			.doesNotContain(upstreamVideos(team))
			.doesNotContain("sk-mistyped-", "example.com/photo.jpg");
	}

	/** Whoever has such an address can fetch the video for a day. */
	private List<String> upstreamVideos(String team) {
		List<String> videos = this.jdbc
			.sql("select video_url from generation where team_id = :team and video_url is not null")
			.param("team", Integer.parseInt(team.substring("team_".length())))
			.query(String.class)
			.list();
		assertThat(videos).hasSize(2).allMatch((video) -> video.startsWith("http"));
		return videos;
	}

	@Test
	void errorsOfTheDatabaseDoNotRepeatRows() {
		String name = TestGateway.name();
		String insert = "insert into team (name, created_at) values (:name, now())";
		this.jdbc.sql(insert).param("name", name).update();
		assertThatExceptionOfType(DataIntegrityViolationException.class)
			.isThrownBy(() -> this.jdbc.sql(insert).param("name", name).update())
			.satisfies((ex) -> assertThat(ex).hasStackTraceContaining("unique").message().doesNotContain(name));
	}

	/** Everything that is refused before, in and behind the controllers. */
	private void refuse(String key, String operator) {
		this.gateway.post(key, TASKS, "{\"prompt\": \"%s\", ".formatted(this.prompt)).expectStatus().isBadRequest();
		this.gateway.post(key, TASKS, "{\"%s\": 1}".formatted(this.prompt)).expectStatus().isBadRequest();
		this.gateway.post(key, TASKS, request("").replace("5", "6")).expectStatus().isBadRequest();
		this.gateway.get(key, TASKS + "?x=" + this.prompt).expectStatus().isBadRequest();
		this.gateway.get(key, TASKS + "/" + key).expectStatus().isNotFound();
		this.gateway.get("sk-mistyped-" + key, TASKS).expectStatus().isUnauthorized();
		this.gateway.get(key, "/v1/admin/teams").expectStatus().isForbidden();
		this.gateway.get(operator, "/v1/admin/teams").expectStatus().isForbidden();
		this.gateway.send(key, HttpMethod.PUT, TASKS, "{}").expectStatus().isEqualTo(405);
		this.gateway.post(this.gateway.admin(), "/v1/admin/operators", "{\"name\": \"%s\"}".formatted(key))
			.expectStatus()
			.isBadRequest();
	}

	private void fetch(String link) {
		URI uri = URI.create(link);
		this.client.get().uri((base) -> URI.create(base.build() + uri.getPath() + "?" + uri.getRawQuery())).exchange();
	}

	private JsonNode finish(String key, String directive) {
		String id = TestGateway.json(this.gateway.post(key, TASKS, request(directive))).get("id").stringValue();
		return await().atMost(Duration.ofMinutes(2))
			.until(() -> TestGateway.json(this.gateway.get(key, TASKS + "/" + id)),
					(task) -> List.of("completed", "failed").contains(task.get("status").stringValue()));
	}

	private String request(String directive) {
		return """
				{"model": "wan2.6-flash", "image_urls": ["https://example.com/photo.jpg"], "prompt": "%s%s", "duration": 5}"""
			.formatted(this.prompt, directive);
	}

}
