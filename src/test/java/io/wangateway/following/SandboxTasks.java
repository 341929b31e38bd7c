package io.wangateway.following;

import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

import io.wangateway.TestGateway;
import io.wangateway.generation.GenerationId;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.client.RestTestClient.ResponseSpec;

/** Tasks in the sandbox, as their team sees them and as they stand in the database. */
record SandboxTasks(TestGateway gateway, JdbcClient jdbc) {

	/** Make a team and a key of it. */
	String key() {
		return this.gateway.sandboxKey(this.gateway.team());
	}

	/** Ask for a video of five seconds for ¥2.50. */
	String submit(String key, String prompt) {
		return TestGateway.json(this.gateway.post(key, "/v1/videos/generations", """
				{"model":"wan2.6-flash","image_urls":["https://example.com/photo.jpg"],"prompt":"%s"}"""
			.formatted(prompt))).get("id").stringValue();
	}

	JsonNode get(String key, String id) {
		return TestGateway.json(this.gateway.get(key, path(id)));
	}

	ResponseSpec cancel(String key, String id) {
		return this.gateway.post(key, path(id) + "/cancel", "{}");
	}

	private static String path(String id) {
		return "/v1/videos/generations/" + id;
	}

	static boolean ended(JsonNode task) {
		return List.of("completed", "failed").contains(task.get("status").stringValue());
	}

	/** Wait until the task, as its team sees it, is so. */
	JsonNode await(String key, String id, Predicate<JsonNode> condition) {
		return Awaitility.await()
			.atMost(Duration.ofMinutes(1))
			.pollInterval(Duration.ofMillis(200))
			.until(() -> get(key, id), condition);
	}

	/** Wait until the task is in one of these states. */
	void await(String id, String... states) {
		Awaitility.await()
			.atMost(Duration.ofMinutes(1))
			.pollInterval(Duration.ofMillis(20))
			.until(() -> this.jdbc.sql("select state from generation where id = :id")
				.param("id", GenerationId.parse(id).orElseThrow().value())
				.query(String.class)
				.single(), (state) -> List.of(states).contains(state));
	}

	/** Return what the books have of the task, such as {@code hold charge}. */
	String entries(String id) {
		return this.jdbc.sql("select string_agg(kind, ' ' order by id) from ledger_entry where generation_id = :id")
			.param("id", GenerationId.parse(id).orElseThrow().value())
			.query(String.class)
			.single();
	}

}
