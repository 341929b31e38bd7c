package io.wangateway.admission;

import java.time.Duration;
import java.util.List;
import java.util.UUID;

import io.wangateway.GatewayTest;
import io.wangateway.TestGateway;
import io.wangateway.dashscope.Submission;
import io.wangateway.generation.GenerationId;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A sender that was paused, and goes on when others have given it up. */
@GatewayTest
class LateSenderTests {

	private static final String LANE = "sandbox:wan2.6-i2v-flash";

	@Autowired
	private TestGateway gateway;

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private SubmissionResults results;

	@Autowired
	private Submitter submitter;

	@Test
	void answerThatComesAfterTheTakeoverSettlesTheDoubtAndIsPaidForOnce() {
		String prompt = "a cat " + UUID.randomUUID() + " [[sim:slow=3]]";
		UUID id = submit(prompt);
		awaitState(id, "SUBMITTING");
		this.results.silent(attempts(id).getFirst().id(), id);
		assertThat(state(id)).isEqualTo("IN_DOUBT");
		awaitState(id, "SUCCEEDED");
		await().until(() -> attempts(id).getFirst().late());
		assertThat(attempts(id)).singleElement()
			.satisfies((attempt) -> assertThat(attempt.outcome()).isEqualTo("silent"))
			.satisfies((attempt) -> assertThat(attempt.upstreamTaskId()).as("kept as evidence").isNotEmpty());
		assertThat(created(prompt)).isOne();
	}

	@Test
	void answerThatComesAfterTheTaskWasSentAnewIsEvidenceAndChangesNothing() {
		String prompt = "a dog " + UUID.randomUUID() + " [[sim:500-before*1]]";
		UUID id = submit(prompt);
		awaitState(id, "SUCCEEDED");
		Attempt first = attempts(id).getFirst();
		String present = upstreamTaskId(id);
		this.results.record(claim(id, first, System.nanoTime()), new Submission.Accepted("late-" + id, "request"));
		assertThat(upstreamTaskId(id)).isEqualTo(present);
		assertThat(state(id)).isEqualTo("SUCCEEDED");
		assertThat(attempts(id).getFirst().late()).isTrue();
		assertThat(attempts(id).getFirst().upstreamTaskId()).isEqualTo("late-" + id);
		assertThat(this.jdbc.sql("select detail from alert where kind = 'unclaimed_upstream_task' and subject = :id")
			.param("id", new GenerationId(id).toString())
			.query(String.class)
			.single()).contains("late-" + id);
	}

	@Test
	void claimOlderThanTwoSecondsIsNotSent() throws InterruptedException {
		String prompt = "a bird " + UUID.randomUUID();
		UUID id = submit(prompt);
		awaitState(id, "SUCCEEDED");
		Attempt sent = attempts(id).getFirst();
		this.submitter.send(claim(id, sent, System.nanoTime() - Duration.ofMillis(2001).toNanos()));
		assertThat(created(prompt)).isOne();
		assertThat(attempts(id)).as("handing it back came too late to count")
			.singleElement()
			.satisfies((attempt) -> assertThat(attempt.late()).isTrue());
	}

	private static Claim claim(UUID id, Attempt attempt, long claimedNanos) {
		return new Claim(id, attempt.id(), false, LANE, claimedNanos, new SendTime(System.nanoTime()));
	}

	private UUID submit(String prompt) {
		String key = this.gateway.sandboxKey(this.gateway.team());
		String id = TestGateway.json(this.gateway.post(key, "/v1/videos/generations", """
				{"model":"wan2.6-flash","image_urls":["https://example.com/photo.jpg"],"prompt":"%s"}"""
			.formatted(prompt))).get("id").stringValue();
		return GenerationId.parse(id).orElseThrow().value();
	}

	private void awaitState(UUID id, String state) {
		await().atMost(Duration.ofMinutes(1)).pollInterval(Duration.ofMillis(20)).until(() -> state(id), state::equals);
	}

	private String state(UUID id) {
		return text("select state from generation where id = :id", id);
	}

	private String upstreamTaskId(UUID id) {
		return text("select upstream_task_id from generation where id = :id", id);
	}

	private String text(String sql, UUID id) {
		return this.jdbc.sql(sql).param("id", id).query(String.class).single();
	}

	private List<Attempt> attempts(UUID id) {
		return this.jdbc.sql("""
				select id, coalesce(outcome, '') as outcome, late, coalesce(upstream_task_id, '') as upstream_task_id
				  from attempt where generation_id = :id order by id""").param("id", id).query(Attempt.class).list();
	}

	private int created(String prompt) {
		return this.jdbc.sql("select count(*) from dashscope_simulator.task where prompt = :prompt")
			.param("prompt", prompt)
			.query(Integer.class)
			.single();
	}

	private record Attempt(int id, String outcome, boolean late, String upstreamTaskId) {
	}

}
