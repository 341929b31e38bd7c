package io.wangateway.admission;

import java.time.Duration;
import java.util.List;
import java.util.UUID;

import io.wangateway.GatewayTest;
import io.wangateway.TestGateway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Submissions whose answer is lost, against the simulator: each paid for once. */
@GatewayTest
class DoubtJourneyTests {

	@Autowired
	private TestGateway gateway;

	@Autowired
	private JdbcClient jdbc;

	/** Each makes a task upstream, and then answers so that nobody can know. */
	@ParameterizedTest
	@ValueSource(strings = { "lost-answer", "500-after", "truncated", "bad-json" })
	void taskWhoseAnswerWasLostIsFoundAndPaidForOnce(String mishap) {
		String prompt = "a cat " + UUID.randomUUID() + " [[sim:" + mishap + "*1]]";
		JsonNode task = ended(prompt);
		assertThat(task.get("status").stringValue()).isEqualTo("completed");
		assertThat(created(prompt)).isOne();
		assertThat(steps(task)).startsWith("SUBMITTING", "IN_DOUBT", "SUBMITTED").endsWith("SUCCEEDED");
		assertThat(charges(task)).isOne();
	}

	@Test
	void taskThatUpstreamNeverTookIsSentAgain() {
		String prompt = "a dog " + UUID.randomUUID() + " [[sim:500-before*1]]";
		JsonNode task = ended(prompt);
		assertThat(task.get("status").stringValue()).isEqualTo("completed");
		assertThat(created(prompt)).isOne();
		assertThat(steps(task)).startsWith("SUBMITTING", "IN_DOUBT", "QUEUED", "SUBMITTING", "SUBMITTED");
		assertThat(charges(task)).isOne();
	}

	private JsonNode ended(String prompt) {
		String key = this.gateway.sandboxKey(this.gateway.team());
		JsonNode receipt = TestGateway.json(this.gateway.post(key, "/v1/videos/generations", """
				{"model":"wan2.6-flash","image_urls":["https://example.com/photo.jpg"],"prompt":"%s"}"""
			.formatted(prompt)));
		return await().atMost(Duration.ofMinutes(2))
			.pollInterval(Duration.ofMillis(250))
			.until(() -> TestGateway
				.json(this.gateway.get(key, "/v1/videos/generations/" + receipt.get("id").stringValue())),
					(task) -> List.of("completed", "failed").contains(task.get("status").stringValue()));
	}

	private int created(String prompt) {
		return this.jdbc.sql("select count(*) from dashscope_simulator.task where prompt = :prompt")
			.param("prompt", prompt)
			.query(Integer.class)
			.single();
	}

	private List<String> steps(JsonNode task) {
		return this.jdbc.sql("""
				select s.to_state from generation_step s join generation_content c on c.generation_id = s.generation_id
				 where c.request ->> 'prompt' = :prompt order by s.id""")
			.param("prompt", task.at("/request/prompt").stringValue())
			.query((row, _) -> row.getString(1))
			.list();
	}

	private int charges(JsonNode task) {
		return this.jdbc.sql("""
				select count(*) from ledger_entry e join generation_content c on c.generation_id = e.generation_id
				 where e.kind = 'charge' and c.request ->> 'prompt' = :prompt""")
			.param("prompt", task.at("/request/prompt").stringValue())
			.query(Integer.class)
			.single();
	}

}
