package io.wangateway.following;

import java.time.Duration;
import java.util.UUID;
import java.util.function.Predicate;

import io.wangateway.GatewayTest;
import io.wangateway.TestGateway;
import io.wangateway.generation.GenerationId;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/** Tasks that upstream says it does not know. */
@GatewayTest
class ForgettingTests {

	private static final String LANE = "sandbox:wan2.6-r2v-flash";

	@Autowired
	private TestGateway gateway;

	@Autowired
	private JdbcClient jdbc;

	@AfterEach
	void endAllThatIsLeftInTheLane() {
		this.jdbc.sql("""
				update generation set submitted_at = submitted_at - interval '4 hours', due_at = now()
				 where lane = :lane and state in ('SUBMITTED', 'RUNNING')""").param("lane", LANE).update();
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.until(() -> this.jdbc
				.sql("select count(*) from generation where lane = :lane and state in ('SUBMITTED', 'RUNNING')")
				.param("lane", LANE)
				.query(Integer.class)
				.single(), (live) -> live == 0);
		this.gateway.patch(this.gateway.admin(), "/v1/admin/lanes/" + LANE, """
				{"paused": false}""");
	}

	@Test
	void taskIsLostOnceUpstreamHasForgottenItAndStillKnowsOlderOnes() {
		String key = this.gateway.sandboxKey(this.gateway.team());
		String known = submit(key, "[[sim:run=60]]");
		String forgotten = submit(key, "[[sim:unknown]]");
		await(known, (task) -> task.get("state").stringValue().equals("RUNNING"));
		await(forgotten, (task) -> task.get("polls").intValue() > 3);
		assertThat(task(forgotten).get("state").stringValue()).isEqualTo("SUBMITTED");
		this.jdbc.sql("""
				update generation
				   set submitted_at = submitted_at - interval '20 minutes',
				       unknown_since = unknown_since - interval '11 minutes', due_at = now()
				 where id in (:known, :forgotten)""")
			.param("known", uuid(known))
			.param("forgotten", uuid(forgotten))
			.update();
		JsonNode lost = await(forgotten, (task) -> task.get("state").stringValue().equals("LOST"));
		assertThat(lost.at("/timeline").valueStream().map((step) -> step.get("cause").stringValue()))
			.contains("unknown upstream");
		assertThat(lost.at("/ledger").size()).as("its hold stays").isOne();
		assertThat(lane().has("stopped_reason")).isFalse();
	}

	@Test
	void laneStopsAndNothingIsLostWhenUpstreamKnowsNoneOfTheTasks() {
		String key = this.gateway.sandboxKey(this.gateway.team());
		String first = submit(key, "[[sim:unknown]]");
		String second = submit(key, "[[sim:unknown]]");
		await(first, (task) -> task.get("polls").intValue() > 1);
		await(second, (task) -> task.get("polls").intValue() > 1);
		this.jdbc.sql("""
				update generation
				   set submitted_at = submitted_at - interval '20 minutes',
				       unknown_since = unknown_since - interval '11 minutes', due_at = now()
				 where id in (:first, :second)""").param("first", uuid(first)).param("second", uuid(second)).update();
		Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> lane().has("stopped_reason"));
		assertThat(lane().get("stopped_reason").stringValue()).contains("key or the host");
		int polls = task(first).get("polls").intValue();
		this.jdbc.sql("update generation set due_at = now() where id in (:first, :second)")
			.param("first", uuid(first))
			.param("second", uuid(second))
			.update();
		await(first, (task) -> task.get("polls").intValue() > polls);
		assertThat(task(first).get("state").stringValue()).isEqualTo("SUBMITTED");
		assertThat(task(second).get("state").stringValue()).isEqualTo("SUBMITTED");
	}

	@Test
	void waitingTaskIsToldItsPlaceAndWhenItsTurnComes() {
		this.gateway.patch(this.gateway.admin(), "/v1/admin/lanes/" + LANE, """
				{"max_in_flight": 1}""").expectStatus().isOk();
		try {
			String key = this.gateway.sandboxKey(this.gateway.team());
			String running = submit(key, "[[sim:run=30]]");
			await(running, (task) -> task.get("state").stringValue().equals("RUNNING"));
			submit(key, "second");
			String third = submit(key, "third");
			JsonNode queue = Awaitility.await()
				.until(() -> TestGateway.json(this.gateway.get(key, "/v1/videos/generations/" + third)).get("queue"),
						(each) -> each.path("eta_seconds").asInt(0) > 0);
			assertThat(queue.get("position").intValue()).isEqualTo(2);
			assertThat(queue.get("eta_seconds").intValue()).isPositive();
			assertThat(queue.has("reason")).isFalse();
		}
		finally {
			this.gateway.patch(this.gateway.admin(), "/v1/admin/lanes/" + LANE, """
					{"max_in_flight": null}""");
		}
	}

	private JsonNode lane() {
		return TestGateway.json(this.gateway.get(this.gateway.admin(), "/v1/admin/lanes"))
			.get("data")
			.valueStream()
			.filter((lane) -> lane.get("name").stringValue().equals(LANE))
			.findFirst()
			.orElseThrow();
	}

	private String submit(String key, String prompt) {
		return TestGateway.json(this.gateway.post(key, "/v1/videos/generations", """
				{"model":"wan2.6-flash","prompt":"%s","metadata":{"reference_urls":["https://example.com/a.jpg"]}}"""
			.formatted(prompt))).get("id").stringValue();
	}

	private JsonNode await(String id, Predicate<JsonNode> reached) {
		return Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> task(id), reached);
	}

	private JsonNode task(String id) {
		return TestGateway.json(this.gateway.get(this.gateway.admin(), "/v1/admin/tasks/" + id));
	}

	private static UUID uuid(String id) {
		return GenerationId.parse(id).orElseThrow().value();
	}

}
