package io.wangateway.following;

import java.time.Duration;

import io.wangateway.GatewayTest;
import io.wangateway.TestGateway;
import io.wangateway.generation.GenerationId;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Upstream bills more than it ever should have. */
@GatewayTest
class ExcessTests {

	@Autowired
	TestGateway gateway;

	@Autowired
	JdbcClient jdbc;

	@Test
	void whatUpstreamBillsBeyondTheHoldIsAnEntryOfItsOwnWithAnAlert() {
		String key = this.gateway.sandboxKey(this.gateway.team());
		String id = TestGateway.json(this.gateway.post(key, "/v1/videos/generations", """
				{"model": "wan2.6-flash", "prompt": "A cat [[sim:usage=12]]",
				 "metadata": {"reference_urls": ["https://example.com/cat.mp4"]}}""")).get("id").stringValue();
		JsonNode task = await().atMost(Duration.ofMinutes(1))
			.pollInterval(Duration.ofMillis(200))
			.until(() -> TestGateway.json(this.gateway.get(key, "/v1/videos/generations/" + id)),
					(read) -> read.get("status").stringValue().equals("completed"));
		assertThat(task.at("/usage/maximum_cost").stringValue()).isEqualTo("5.00");
		assertThat(task.at("/usage/explanation").stringValue()).endsWith("= ¥6.00, ¥1.00 more than the ¥5.00 held");
		assertThat(this.jdbc.sql("""
				select string_agg(kind || ' ' || trim_scale(amount) || coalesce(' ' || reason, ''), ', ' order by id)
				       || case count(distinct posted_at) filter (where kind <> 'hold') when 1 then ', at once' end
				  from ledger_entry where generation_id = :id""")
			.param("id", GenerationId.parse(id).orElseThrow().value())
			.query(String.class)
			.single()).isEqualTo("hold 5, charge 5, adjustment 1 upstream_excess, at once");
		assertThat(
				this.jdbc.sql("select kind from alert where subject = :id").param("id", id).query(String.class).list())
			.containsExactly("upstream_excess");
	}

}
