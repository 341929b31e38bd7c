package io.wangateway.admission;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

import io.wangateway.GatewayTest;
import io.wangateway.TestGateway;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Decisions about doubts, made by a search that was slower than another. */
@GatewayTest
class DoubtResolutionTests {

	@Autowired
	private TestGateway gateway;

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private DoubtResolution resolution;

	@Autowired
	private Doubts doubts;

	@Autowired
	private Clock clock;

	@Test
	void decisionAboutAnEarlierAttemptLeavesTheDoubtAboutThePresentOneOpen() {
		InDoubt task = inDoubt();
		this.resolution.carryOut(new DoubtMatch.Decision.Requeue(doubt(task, task.attempt() - 1)));
		assertThat(state(task)).isEqualTo("IN_DOUBT");
		this.resolution.carryOut(new DoubtMatch.Decision.Requeue(doubt(task, task.attempt())));
		assertThat(state(task)).isNotEqualTo("IN_DOUBT");
	}

	@Test
	void taskMadeAfterASearchBeganMayBeOfASubmissionThatBeganMeanwhile() {
		assertThat(this.doubts.underWaySince("a lane where nothing is under way")).isBefore(this.clock.instant());
	}

	private InDoubt inDoubt() {
		String prompt = "a cow " + UUID.randomUUID() + " [[sim:500-before*1]]";
		String key = this.gateway.sandboxKey(this.gateway.team());
		TestGateway.json(this.gateway.post(key, "/v1/videos/generations", """
				{"model":"wan2.6-flash","image_urls":["https://example.com/photo.jpg"],"prompt":"%s"}"""
			.formatted(prompt)));
		return await().atMost(Duration.ofSeconds(30))
			.until(() -> this.jdbc.sql("""
					select g.id, g.attempt
					  from generation g join generation_content c on c.generation_id = g.id
					 where c.request ->> 'prompt' = :prompt and g.state = 'IN_DOUBT'""")
				.param("prompt", prompt)
				.query(InDoubt.class)
				.optional()
				.orElse(null), (task) -> task != null);
	}

	private static Doubt doubt(InDoubt task, int attempt) {
		return new Doubt(task.id(), attempt, Instant.EPOCH, Instant.EPOCH, Instant.EPOCH, null,
				new Echo("", BigDecimal.valueOf(5), 1080));
	}

	private String state(InDoubt task) {
		return this.jdbc.sql("select state from generation where id = :id")
			.param("id", task.id())
			.query(String.class)
			.single();
	}

	private record InDoubt(UUID id, int attempt) {
	}

}
