package io.wangateway.team;

import java.time.Clock;
import java.time.Duration;
import java.util.stream.IntStream;

import io.wangateway.GatewayTest;
import io.wangateway.TestGateway;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.client.RestTestClient.ResponseSpec;

import static org.assertj.core.api.Assertions.assertThat;

/** How often a key may ask. */
@GatewayTest
class QueryRateTests {

	private static final String QUERY = "/v1/videos/generations";

	@Autowired
	TestGateway gateway;

	@Autowired
	JdbcClient jdbc;

	@Autowired
	Clock clock;

	@Test
	void answersTellHowTheKeyStands() {
		ResponseSpec answer = this.gateway.get(this.gateway.sandboxKey(this.gateway.team()), QUERY);
		answer.expectStatus()
			.isOk()
			.expectHeader()
			.valueEquals("X-RateLimit-Category", "async_query")
			.expectHeader()
			.valueEquals("X-RateLimit-Limit", "60000")
			.expectHeader()
			.valueEquals("X-RateLimit-Remaining", "1999")
			.expectHeader()
			.value("X-RateLimit-Reset",
					(reset) -> assertThat(Long.parseLong(reset) - this.clock.instant().getEpochSecond()).isBetween(0L,
							3L));
	}

	@Test
	void keyThatAsksTooOftenIsToldWhenToComeBack() {
		String key = limitedKey(2);
		this.gateway.get(key, QUERY).expectStatus().isOk();
		this.gateway.get(key, QUERY).expectStatus().isOk();
		this.gateway.get(key, QUERY)
			.expectStatus()
			.isEqualTo(429)
			.expectHeader()
			.valueEquals("X-RateLimit-Remaining", "0")
			.expectHeader()
			.value("Retry-After", (wait) -> assertThat(Integer.parseInt(wait)).isBetween(20, 30))
			.expectBody()
			.json("""
					{"error": {"code": "rate_limit_exceeded", "type": "rate_limit_error",
					 "message": "This key may ask 2 times a minute, and has"}}""");
	}

	@Test
	void limitOfOneKeyIsNotAnothers() {
		String team = this.gateway.team();
		String key = limitedKey(1);
		this.gateway.get(key, QUERY).expectStatus().isOk();
		this.gateway.get(key, QUERY).expectStatus().isEqualTo(429);
		this.gateway.get(this.gateway.sandboxKey(team), QUERY).expectStatus().isOk();
	}

	@Test
	void replicasShareTheLimit() {
		KeyId key = keyWith(3000);
		QueryBucket one = new QueryBucket(key, this.jdbc, this.clock);
		QueryBucket other = new QueryBucket(key, this.jdbc, this.clock);
		long start = System.nanoTime();
		long granted = IntStream.range(0, 5000)
			.filter((i) -> ((i % 2 == 0) ? one : other).take(3000).granted())
			.count();
		long refilled = Duration.ofNanos(System.nanoTime() - start).toMillis() * 3000 / 60_000;
		assertThat(granted).isBetween(2000L, 2000 + refilled + 1);
	}

	@Test
	void refusalTakesNothing() {
		KeyId key = keyWith(60);
		QueryBucket bucket = new QueryBucket(key, this.jdbc, this.clock);
		IntStream.range(0, 1000).forEach((_) -> bucket.take(60));
		assertThat(bucket.take(60).granted()).isFalse();
		this.jdbc.sql("update query_bucket set refilled_at = refilled_at - interval '2 seconds' where key_id = :key")
			.param("key", key.value())
			.update();
		QueryBucket replica = new QueryBucket(key, this.jdbc, this.clock);
		assertThat(replica.take(60).granted()).isTrue();
		assertThat(replica.take(60).granted()).isTrue();
	}

	@Test
	void operatorsAreNotCounted() {
		this.gateway.get(this.gateway.admin(), "/v1/admin/teams")
			.expectStatus()
			.isOk()
			.expectHeader()
			.doesNotExist("X-RateLimit-Limit");
	}

	private String limitedKey(int perMinute) {
		String team = this.gateway.team();
		JsonNode key = this.gateway.key(team, false);
		this.gateway
			.patch(this.gateway.admin(), "/v1/admin/teams/%s/keys/%s".formatted(team, key.get("id").stringValue()), """
					{"queries_per_minute": %d}""".formatted(perMinute))
			.expectStatus()
			.isOk();
		return key.get("key").stringValue();
	}

	private KeyId keyWith(int perMinute) {
		JsonNode key = this.gateway.key(this.gateway.team(), false);
		KeyId id = KeyId.of(key.get("id").stringValue());
		this.jdbc.sql("update api_key set queries_per_minute = :limit where id = :id")
			.param("limit", perMinute)
			.param("id", id.value())
			.update();
		return id;
	}

}
