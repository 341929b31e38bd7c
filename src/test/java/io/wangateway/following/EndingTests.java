package io.wangateway.following;

import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

import io.wangateway.GatewayTest;
import io.wangateway.TestGateway;
import io.wangateway.generation.GenerationId;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/** Ends other than a video: cancelled, waited too long, lost. */
@GatewayTest
class EndingTests {

	@Autowired
	private TestGateway gateway;

	@Autowired
	private JdbcClient jdbc;

	@Test
	void taskThatRunsCannotBeCancelledAndIsCharged() {
		String key = sandboxKey();
		String id = submit(key, "[[sim:run=3]]");
		await(key, id, (task) -> task.get("status").stringValue().equals("in_progress"));
		this.gateway.post(key, path(id) + "/cancel", "{}")
			.expectStatus()
			.isEqualTo(409)
			.expectBody()
			.jsonPath("$.error.code")
			.isEqualTo("task_not_cancellable");
		assertThat(await(key, id, EndingTests::ended).at("/usage/cost").stringValue()).isEqualTo("2.50");
	}

	@Test
	void taskThatWaitsUpstreamIsCancelledThereAndCostsNothing() {
		String key = sandboxKey();
		String id = submit(key, "[[sim:pending=60]]");
		await(id, "SUBMITTED");
		JsonNode task = TestGateway.json(this.gateway.post(key, path(id) + "/cancel", "{}"));
		assertThat(task.get("status").stringValue()).isEqualTo("failed");
		assertThat(task.at("/error/code").stringValue()).isEqualTo("request_cancelled");
		assertThat(task.at("/usage/cost").stringValue()).isEqualTo("0.00");
		assertThat(held(id)).isEqualTo("hold release");
		JsonNode again = TestGateway.json(this.gateway.post(key, path(id) + "/cancel", "{}"));
		assertThat(again.at("/error/code").stringValue()).isEqualTo("request_cancelled");
	}

	@Test
	void taskThatWaitsWithUsIsCancelledAtOnce() {
		String team = this.gateway.team();
		String key = this.gateway.sandboxKey(team);
		this.gateway.patch(this.gateway.admin(), "/v1/admin/teams/" + team, """
				{"max_in_flight": 1}""").expectStatus().isOk();
		String first = submit(key, "[[sim:run=3]]");
		await(first, "SUBMITTED", "RUNNING");
		String second = submit(key, "waits");
		JsonNode task = TestGateway.json(this.gateway.post(key, path(second) + "/cancel", "{}"));
		assertThat(task.at("/error/code").stringValue()).isEqualTo("request_cancelled");
		assertThat(held(second)).isEqualTo("hold release");
	}

	@Test
	void taskThatWaitedForADayFailsAndCostsNothing() {
		String team = this.gateway.team();
		String key = this.gateway.sandboxKey(team);
		this.gateway.patch(this.gateway.admin(), "/v1/admin/teams/" + team, """
				{"suspended": false, "max_in_flight": 1}""").expectStatus().isOk();
		String first = submit(key, "[[sim:run=4]]");
		await(first, "SUBMITTED", "RUNNING");
		String second = submit(key, "waits too long");
		this.jdbc.sql("update generation set created_at = created_at - interval '25 hours' where id = :id")
			.param("id", GenerationId.parse(second).orElseThrow().value())
			.update();
		JsonNode task = await(key, second, EndingTests::ended);
		assertThat(task.at("/error/code").stringValue()).isEqualTo("generation_timeout");
		assertThat(held(second)).isEqualTo("hold release");
	}

	/** The call about the first one takes as long as any call may. */
	@Test
	void taskWhoseQueriesHangDelaysNoOther() {
		String key = sandboxKey();
		String hanging = submit(key, "[[sim:poll-hang*1]] [[sim:run=1]]");
		await(hanging, "SUBMITTED");
		String other = submit(key, "goes on");
		await(key, other, EndingTests::ended);
		assertThat(TestGateway.json(this.gateway.get(key, path(hanging))).get("status").stringValue())
			.isEqualTo("queued");
	}

	@Test
	void taskWithoutAnEndIsLostAndKeepsItsHold() {
		String key = sandboxKey();
		String id = submit(key, "[[sim:run=60]]");
		await(id, "SUBMITTED", "RUNNING");
		this.jdbc.sql("update generation set submitted_at = submitted_at - interval '200 minutes' where id = :id")
			.param("id", GenerationId.parse(id).orElseThrow().value())
			.update();
		JsonNode task = await(key, id, EndingTests::ended);
		assertThat(task.at("/error/code").stringValue()).isEqualTo("result_lost");
		assertThat(task.at("/usage/state").stringValue()).isEqualTo("held");
		assertThat(held(id)).isEqualTo("hold");
	}

	private String sandboxKey() {
		return this.gateway.sandboxKey(this.gateway.team());
	}

	private String submit(String key, String prompt) {
		return TestGateway.json(this.gateway.post(key, "/v1/videos/generations", """
				{"model":"wan2.6-flash","image_urls":["https://example.com/photo.jpg"],"prompt":"%s"}"""
			.formatted(prompt))).get("id").stringValue();
	}

	private static String path(String id) {
		return "/v1/videos/generations/" + id;
	}

	private static boolean ended(JsonNode task) {
		return List.of("completed", "failed").contains(task.get("status").stringValue());
	}

	private JsonNode await(String key, String id, Predicate<JsonNode> condition) {
		return Awaitility.await()
			.atMost(Duration.ofMinutes(1))
			.pollInterval(Duration.ofMillis(200))
			.until(() -> TestGateway.json(this.gateway.get(key, path(id))), condition);
	}

	private void await(String id, String... states) {
		Awaitility.await()
			.atMost(Duration.ofMinutes(1))
			.pollInterval(Duration.ofMillis(50))
			.until(() -> this.jdbc.sql("select state from generation where id = :id")
				.param("id", GenerationId.parse(id).orElseThrow().value())
				.query(String.class)
				.single(), (state) -> List.of(states).contains(state));
	}

	private String held(String id) {
		return this.jdbc.sql("select string_agg(kind, ' ' order by id) from ledger_entry where generation_id = :id")
			.param("id", GenerationId.parse(id).orElseThrow().value())
			.query(String.class)
			.single();
	}

}
