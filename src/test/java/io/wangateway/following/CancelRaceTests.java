package io.wangateway.following;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
import java.util.stream.IntStream;

import io.wangateway.GatewayTest;
import io.wangateway.TestGateway;
import io.wangateway.generation.GenerationId;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/** Teams that cancel at the very moment when something else happens to the task. */
@GatewayTest
class CancelRaceTests {

	@Autowired
	private TestGateway gateway;

	@Autowired
	private JdbcClient jdbc;

	@Test
	void taskCancelledWhileItIsSentIsCancelledOnceUpstreamHasIt() {
		String key = key();
		String id = submit(key, "[[sim:slow=2]] [[sim:pending=60]]");
		await(id, "SUBMITTING");
		JsonNode task = TestGateway.json(this.gateway.post(key, path(id) + "/cancel", "{}"));
		assertThat(task.get("status").stringValue()).isEqualTo("queued");
		assertThat(task.get("cancel_requested").booleanValue()).isTrue();
		JsonNode ended = await(key, id, CancelRaceTests::ended);
		assertThat(ended.at("/error/code").stringValue()).isEqualTo("request_cancelled");
		assertThat(ended.at("/usage/cost").stringValue()).isEqualTo("0.00");
		assertThat(entries(id)).isEqualTo("hold release");
	}

	@Test
	void taskCancelledWhileItIsSentRunsOnAndIsChargedIfItRunsByThen() {
		String key = key();
		String id = submit(key, "[[sim:slow=2]] [[sim:run=2]]");
		await(id, "SUBMITTING");
		TestGateway.json(this.gateway.post(key, path(id) + "/cancel", "{}"));
		JsonNode ended = await(key, id, CancelRaceTests::ended);
		assertThat(ended.get("status").stringValue()).isEqualTo("completed");
		assertThat(ended.at("/usage/cost").stringValue()).isEqualTo("2.50");
	}

	@Test
	void taskCancelledInDoubtIsNotSentAgainWhenUpstreamNeverTookIt() {
		String key = key();
		String prompt = "a cat " + UUID.randomUUID() + " [[sim:500-before*1]]";
		String id = submit(key, prompt);
		await(id, "IN_DOUBT");
		TestGateway.json(this.gateway.post(key, path(id) + "/cancel", "{}"));
		JsonNode ended = await(key, id, CancelRaceTests::ended);
		assertThat(ended.at("/error/code").stringValue()).isEqualTo("request_cancelled");
		assertThat(entries(id)).isEqualTo("hold release");
		assertThat(this.jdbc.sql("select count(*) from dashscope_simulator.task where prompt = :prompt")
			.param("prompt", prompt)
			.query(Integer.class)
			.single()).isZero();
	}

	/** Whatever wins, the answers, the end and the books agree. */
	@Test
	void tasksCancelledAtAnyMomentEndInOneStateWithOneSettlement() {
		String key = key();
		List<String> ids = IntStream.range(0, 12).mapToObj((number) -> submit(key, "a cat " + number)).toList();
		try (ExecutorService teams = Executors.newVirtualThreadPerTaskExecutor()) {
			ids.forEach((id) -> teams.execute(() -> cancelAgainAndAgain(key, id)));
		}
		for (String id : ids) {
			JsonNode task = await(key, id, CancelRaceTests::ended);
			boolean completed = task.get("status").stringValue().equals("completed");
			assertThat(task.at("/usage/cost").stringValue()).isEqualTo(completed ? "2.50" : "0.00");
			assertThat(entries(id)).isEqualTo(completed ? "hold charge" : "hold release");
			int again = this.gateway.post(key, path(id) + "/cancel", "{}").returnResult().getStatus().value();
			assertThat(again).isEqualTo(completed ? 409 : 200);
		}
	}

	private void cancelAgainAndAgain(String key, String id) {
		Predicate<Integer> isFinal = (status) -> status == 409
				|| ended(TestGateway.json(this.gateway.get(key, path(id))));
		Awaitility.await()
			.atMost(Duration.ofMinutes(1))
			.pollDelay(Duration.ofMillis(ThreadLocalRandom.current().nextInt(3000)))
			.pollInterval(Duration.ofMillis(50))
			.until(() -> this.gateway.post(key, path(id) + "/cancel", "{}").returnResult().getStatus().value(),
					isFinal::test);
	}

	private String key() {
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

	private void await(String id, String state) {
		Awaitility.await()
			.atMost(Duration.ofMinutes(1))
			.pollInterval(Duration.ofMillis(20))
			.until(() -> this.jdbc.sql("select state from generation where id = :id")
				.param("id", GenerationId.parse(id).orElseThrow().value())
				.query(String.class)
				.single(), state::equals);
	}

	private String entries(String id) {
		return this.jdbc.sql("select string_agg(kind, ' ' order by id) from ledger_entry where generation_id = :id")
			.param("id", GenerationId.parse(id).orElseThrow().value())
			.query(String.class)
			.single();
	}

}
