package io.wangateway.team;

import java.time.Clock;
import java.time.Duration;

import com.github.benmanes.caffeine.cache.Ticker;
import io.wangateway.GatewayTest;
import io.wangateway.TestGateway;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/** Keys of teams, from their making to their end. */
@GatewayTest
class KeyTests {

	/** A route of teams; what it answers beyond 401 does not matter here. */
	private static final String TEAM_ROUTE = "/v1/nothing-here";

	@Autowired
	TestGateway gateway;

	@Autowired
	JdbcClient jdbc;

	@Autowired
	LastUse lastUse;

	@Autowired
	Clock clock;

	@Test
	void keyIsShownOnceAndKeptAsAHash() {
		String team = this.gateway.team();
		JsonNode created = this.gateway.key(team, true);
		String key = created.get("key").stringValue();
		assertThat(key).matches("sk-live-[0-9A-Za-z]{49}");
		JsonNode read = TestGateway.json(this.gateway.get(this.gateway.admin(), path(team, created)));
		assertThat(read.propertyNames()).containsExactly("id", "object", "team", "livemode", "redacted", "name",
				"models", "requests_per_minute", "queries_per_minute", "created_at");
		assertThat(read.get("redacted").stringValue()).isEqualTo("sk-live-…" + key.substring(key.length() - 4));
		assertThat(this.jdbc.sql("select k::text from api_key k").query(String.class).list()).isNotEmpty()
			.noneMatch((row) -> row.contains(key));
	}

	@Test
	void sandboxKeyCanBeToldByItsPrefix() {
		assertThat(this.gateway.sandboxKey(this.gateway.team())).startsWith("sk-sandbox-");
	}

	@Test
	void livemodeMustBeSaid() {
		this.gateway.post(this.gateway.admin(), "/v1/admin/teams/%s/keys".formatted(this.gateway.team()), """
				{"name": "CI"}""").expectStatus().isBadRequest().expectBody().json("""
				{"error": {"param": "livemode", "message": "livemode is required"}}""");
	}

	@Test
	void keyCanBeRestrictedAndFreedAgain() {
		String team = this.gateway.team();
		JsonNode key = this.gateway.key(team, false);
		JsonNode restricted = change(team, key, """
				{"name": "CI", "models": ["wan2.6-flash"], "requests_per_minute": 10, "expires_at": 4000000000}""");
		assertThat(restricted.toString()).contains("\"name\":\"CI\"", "\"models\":[\"wan2.6-flash\"]",
				"\"requests_per_minute\":10", "\"expires_at\":4000000000");
		JsonNode freed = change(team, key, """
				{"models": [], "expires_at": null}""");
		assertThat(freed.toString()).contains("\"models\":[]", "\"requests_per_minute\":10");
		assertThat(freed.has("expires_at")).isFalse();
	}

	@Test
	void expiryInThePastIsRefused() {
		String team = this.gateway.team();
		this.gateway.patch(this.gateway.admin(), path(team, this.gateway.key(team, false)), """
				{"expires_at": 1600000000}""").expectStatus().isBadRequest().expectBody().json("""
				{"error": {"param": "expires_at"}}""");
	}

	@Test
	void revokedKeyIsRefusedFromTheNextRequestOn() {
		String team = this.gateway.team();
		JsonNode key = this.gateway.key(team, false);
		String secret = key.get("key").stringValue();
		this.gateway.get(secret, TEAM_ROUTE).expectStatus().isNotFound();
		this.gateway.delete(this.gateway.admin(), path(team, key)).expectStatus().isOk();
		this.gateway.get(secret, TEAM_ROUTE).expectStatus().isUnauthorized();
		this.gateway.delete(this.gateway.admin(), path(team, key)).expectStatus().isOk();
		this.gateway.patch(this.gateway.admin(), path(team, key), "{}").expectStatus().isBadRequest();
		this.gateway.post(this.gateway.admin(), path(team, key) + "/rotate", "{}").expectStatus().isBadRequest();
	}

	@Test
	void otherReplicaBelievesARevokedKeyForLessThanFiveSeconds() {
		Nanos time = new Nanos();
		Callers replica = new Callers(this.jdbc, this.clock, time, Runnable::run);
		String team = this.gateway.team();
		JsonNode key = this.gateway.key(team, false);
		KeySecret secret = new KeySecret(key.get("key").stringValue());
		assertThat(replica.find(secret)).isPresent();
		this.gateway.delete(this.gateway.admin(), path(team, key)).expectStatus().isOk();
		assertThat(replica.find(secret)).as("at once").isPresent();
		time.advance(Duration.ofSeconds(5));
		assertThat(replica.find(secret)).as("after five seconds").isEmpty();
	}

	@Test
	void keyInUseIsAskedForAgainBeforeItIsStale() {
		Nanos time = new Nanos();
		Callers replica = new Callers(this.jdbc, this.clock, time, Runnable::run);
		String team = this.gateway.team();
		JsonNode key = this.gateway.key(team, false);
		KeySecret secret = new KeySecret(key.get("key").stringValue());
		replica.find(secret);
		this.gateway.delete(this.gateway.admin(), path(team, key)).expectStatus().isOk();
		time.advance(Duration.ofSeconds(3));
		replica.find(secret);
		assertThat(replica.find(secret)).isEmpty();
	}

	@Test
	void rotatedKeyKeepsItsIdAndItsOldSecretForAWhile() {
		String team = this.gateway.team();
		JsonNode key = this.gateway.key(team, false);
		JsonNode rotated = TestGateway.json(this.gateway.post(this.gateway.admin(), path(team, key) + "/rotate", """
				{"grace_seconds": 3600}"""));
		assertThat(rotated.get("id")).isEqualTo(key.get("id"));
		assertThat(rotated.get("previous_valid_until").longValue() - this.clock.instant().getEpochSecond())
			.isBetween(3590L, 3600L);
		this.gateway.get(key.get("key").stringValue(), TEAM_ROUTE).expectStatus().isNotFound();
		this.gateway.get(rotated.get("key").stringValue(), TEAM_ROUTE).expectStatus().isNotFound();
	}

	@Test
	void rotationWithoutGraceEndsTheOldSecretNow() {
		String team = this.gateway.team();
		JsonNode key = this.gateway.key(team, false);
		this.gateway.get(key.get("key").stringValue(), TEAM_ROUTE).expectStatus().isNotFound();
		this.gateway.post(this.gateway.admin(), path(team, key) + "/rotate", """
				{"grace_seconds": 0}""").expectStatus().isOk();
		this.gateway.get(key.get("key").stringValue(), TEAM_ROUTE).expectStatus().isUnauthorized();
	}

	@Test
	void expiredKeyIsRefused() {
		String team = this.gateway.team();
		JsonNode key = this.gateway.key(team, false);
		KeySecret secret = new KeySecret(key.get("key").stringValue());
		this.gateway.patch(this.gateway.admin(), path(team, key), """
				{"expires_at": %d}""".formatted(this.clock.instant().getEpochSecond() + 600)).expectStatus().isOk();
		Clock later = Clock.offset(this.clock, Duration.ofSeconds(601));
		assertThat(new Callers(this.jdbc, this.clock).find(secret)).isPresent();
		assertThat(new Callers(this.jdbc, later).find(secret)).isEmpty();
	}

	@Test
	void lastUseIsWrittenDownLater() {
		String team = this.gateway.team();
		JsonNode key = this.gateway.key(team, false);
		long before = this.clock.instant().getEpochSecond();
		this.gateway.get(key.get("key").stringValue(), TEAM_ROUTE).expectStatus().isNotFound();
		this.lastUse.write();
		JsonNode read = TestGateway.json(this.gateway.get(this.gateway.admin(), path(team, key)));
		assertThat(read.get("last_used_at").longValue()).isGreaterThanOrEqualTo(before);
	}

	@Test
	void keyOfAnotherTeamIsNotFound() {
		JsonNode key = this.gateway.key(this.gateway.team(), false);
		String other = this.gateway.team();
		this.gateway.get(this.gateway.admin(), path(other, key)).expectStatus().isNotFound();
		this.gateway.patch(this.gateway.admin(), path(other, key), "{}").expectStatus().isNotFound();
		this.gateway.delete(this.gateway.admin(), path(other, key)).expectStatus().isNotFound();
		this.gateway.post(this.gateway.admin(), path(other, key) + "/rotate", "{}").expectStatus().isNotFound();
	}

	private JsonNode change(String team, JsonNode key, String body) {
		return TestGateway.json(this.gateway.patch(this.gateway.admin(), path(team, key), body));
	}

	private static String path(String team, JsonNode key) {
		return "/v1/admin/teams/%s/keys/%s".formatted(team, key.get("id").stringValue());
	}

	/** Elapsed time that a test moves. */
	private static final class Nanos implements Ticker {

		private long now;

		void advance(Duration duration) {
			this.now += duration.toNanos();
		}

		@Override
		public long read() {
			return this.now;
		}

	}

}
