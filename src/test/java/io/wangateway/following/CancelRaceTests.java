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
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
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

	private SandboxTasks tasks;

	@BeforeEach
	void watchTasks() {
		this.tasks = new SandboxTasks(this.gateway, this.jdbc);
	}

	@Test
	void taskCancelledWhileItIsSentIsCancelledOnceUpstreamHasIt() {
		String key = this.tasks.key();
		String id = this.tasks.submit(key, "[[sim:slow=2]] [[sim:pending=60]]");
		this.tasks.await(id, "SUBMITTING");
		JsonNode task = TestGateway.json(this.tasks.cancel(key, id));
		assertThat(task.get("status").stringValue()).isEqualTo("queued");
		assertThat(task.get("cancel_requested").booleanValue()).isTrue();
		JsonNode ended = this.tasks.await(key, id, SandboxTasks::ended);
		assertThat(ended.at("/error/code").stringValue()).isEqualTo("request_cancelled");
		assertThat(ended.at("/usage/cost").stringValue()).isEqualTo("0.00");
		assertThat(this.tasks.entries(id)).isEqualTo("hold release");
	}

	@Test
	void taskCancelledWhileItIsSentRunsOnAndIsChargedIfItRunsByThen() {
		String key = this.tasks.key();
		String id = this.tasks.submit(key, "[[sim:slow=2]] [[sim:run=2]]");
		this.tasks.await(id, "SUBMITTING");
		TestGateway.json(this.tasks.cancel(key, id));
		JsonNode ended = this.tasks.await(key, id, SandboxTasks::ended);
		assertThat(ended.get("status").stringValue()).isEqualTo("completed");
		assertThat(ended.at("/usage/cost").stringValue()).isEqualTo("2.50");
	}

	@Test
	void taskCancelledInDoubtIsNotSentAgainWhenUpstreamNeverTookIt() {
		String key = this.tasks.key();
		String prompt = "a cat " + UUID.randomUUID() + " [[sim:500-before*1]]";
		String id = this.tasks.submit(key, prompt);
		this.tasks.await(id, "IN_DOUBT");
		TestGateway.json(this.tasks.cancel(key, id));
		JsonNode ended = this.tasks.await(key, id, SandboxTasks::ended);
		assertThat(ended.at("/error/code").stringValue()).isEqualTo("request_cancelled");
		assertThat(this.tasks.entries(id)).isEqualTo("hold release");
		assertThat(this.jdbc.sql("select count(*) from dashscope_simulator.task where prompt = :prompt")
			.param("prompt", prompt)
			.query(Integer.class)
			.single()).isZero();
	}

	/** Whatever wins, the answers, the end and the books agree. */
	@Test
	void tasksCancelledAtAnyMomentEndInOneStateWithOneSettlement() {
		String key = this.tasks.key();
		List<String> ids = IntStream.range(0, 12)
			.mapToObj((number) -> this.tasks.submit(key, "a cat " + number))
			.toList();
		try (ExecutorService teams = Executors.newVirtualThreadPerTaskExecutor()) {
			ids.forEach((id) -> teams.execute(() -> cancelAgainAndAgain(key, id)));
		}
		for (String id : ids) {
			JsonNode task = this.tasks.await(key, id, SandboxTasks::ended);
			boolean completed = task.get("status").stringValue().equals("completed");
			assertThat(task.at("/usage/cost").stringValue()).isEqualTo(completed ? "2.50" : "0.00");
			assertThat(this.tasks.entries(id)).isEqualTo(completed ? "hold charge" : "hold release");
			int again = this.tasks.cancel(key, id).returnResult().getStatus().value();
			assertThat(again).isEqualTo(completed ? 409 : 200);
		}
	}

	private void cancelAgainAndAgain(String key, String id) {
		Predicate<Integer> isFinal = (status) -> status == 409 || SandboxTasks.ended(this.tasks.get(key, id));
		Awaitility.await()
			.atMost(Duration.ofMinutes(1))
			.pollDelay(Duration.ofMillis(ThreadLocalRandom.current().nextInt(3000)))
			.pollInterval(Duration.ofMillis(50))
			.until(() -> this.tasks.cancel(key, id).returnResult().getStatus().value(), isFinal::test);
	}

}
