package io.wangateway.ledger;

import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.UUID;
import java.util.function.BiConsumer;

import io.wangateway.TestKeys;
import io.wangateway.generation.Evidence;
import io.wangateway.generation.FailureCode;
import io.wangateway.generation.Generation;
import io.wangateway.generation.GenerationContents;
import io.wangateway.generation.GenerationId;
import io.wangateway.generation.Generations;
import io.wangateway.pricing.BilledSeconds;
import io.wangateway.pricing.Charge;
import io.wangateway.pricing.Prices;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.test.context.TestComponent;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.test.web.servlet.client.RestTestClient.ResponseSpec;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Teams that spend money, and finance that looks after it. Steps that upstream causes are
 * taken here, as the gateway itself takes them.
 */
@TestComponent
class TestBooks {

	/** A video that is held and charged at ¥2.50. */
	static final String VIDEO = """
			{"model": "wan2.6-flash", "image_urls": ["https://media.example.com/cat.png"]}""";

	private final RestTestClient client;

	private final TestKeys keys;

	private final Generations generations;

	private final GenerationContents contents;

	private final Prices prices;

	private final Ledger ledger;

	private final JdbcClient jdbc;

	private final TransactionTemplate transaction;

	TestBooks(RestTestClient client, TestKeys keys, Generations generations, GenerationContents contents, Prices prices,
			Ledger ledger, JdbcClient jdbc, TransactionTemplate transaction) {
		this.client = client;
		this.keys = keys;
		this.generations = generations;
		this.contents = contents;
		this.prices = prices;
		this.ledger = ledger;
		this.jdbc = jdbc;
		this.transaction = transaction;
	}

	/** A team with a live key. */
	Team team() {
		String id = this.keys.team();
		return new Team(id, this.keys.liveKey(id));
	}

	/** A team with a live key and a budget. */
	Team team(String limit) {
		Team team = team();
		budget(team, limit);
		return team;
	}

	void budget(Team team, String limit) {
		finance(HttpMethod.PUT, "/v1/admin/teams/%s/budget".formatted(team.id()), """
				{"limit": "%s"}""".formatted(limit)).expectStatus().isOk();
	}

	/** How a team's budget stands. */
	JsonNode budget(Team team) {
		return json(send(team.key(), HttpMethod.GET, "/v1/budget", null));
	}

	ResponseSpec submit(Team team) {
		return send(team.key(), HttpMethod.POST, "/v1/videos/generations", VIDEO);
	}

	/** Have a video accepted. */
	UUID accept(Team team) {
		return GenerationId.parse(json(submit(team)).get("id").stringValue()).orElseThrow().value();
	}

	/** Have a video made that upstream bills for as many seconds. */
	UUID complete(UUID id, int billedSeconds) {
		run(id);
		step(id, (generation, now) -> generation.succeed("https://videos.example.com/" + id,
				charge(generation, billedSeconds), now, now, Evidence.of("test")));
		return id;
	}

	/** Have a video fail after it had begun. */
	UUID fail(UUID id) {
		run(id);
		step(id, (generation, now) -> generation.fail(FailureCode.GENERATION_FAILED, "It failed", now,
				Evidence.of("test")));
		return id;
	}

	private void run(UUID id) {
		step(id, (generation, now) -> generation.submit(1, now));
		step(id, (generation, now) -> generation.accepted("upstream-" + id, now, Evidence.of("test"), now));
		step(id, (generation, now) -> generation.start(now, Evidence.of("test")));
	}

	Charge charge(Generation generation, int billedSeconds) {
		BigDecimal seconds = BigDecimal.valueOf(billedSeconds);
		return this.prices.quote(generation.priceId(), this.contents.of(generation.id().value()).spec())
			.charge(new BilledSeconds(seconds, null, seconds));
	}

	/** Take one step of a generation's life, in a transaction of its own. */
	void step(UUID id, BiConsumer<Generation, Instant> step) {
		this.transaction.executeWithoutResult((_) -> {
			Generation generation = this.generations.lock(id).orElseThrow();
			step.accept(generation, this.ledger.now());
			this.generations.save(generation);
		});
	}

	/** Let the books stand at a time, until {@link #resume()}. */
	void standAt(Instant time) {
		this.jdbc.sql("""
				create or replace function books_now() returns timestamptz
				    language sql stable as 'select timestamptz ''%s'''""".formatted(time.atOffset(ZoneOffset.UTC)))
			.update();
	}

	/** Let the books go by the database's time again. */
	void resume() {
		this.jdbc.sql("""
				create or replace function books_now() returns timestamptz
				    language sql stable as 'select now()'""").update();
	}

	/** Send a request with finance's key. */
	ResponseSpec finance(HttpMethod method, String path, @Nullable String body) {
		return send(this.keys.admin(), method, path, body);
	}

	ResponseSpec send(String key, HttpMethod method, String path, @Nullable String body) {
		var request = this.client.method(method)
			.uri((uri) -> URI.create(uri.build() + path))
			.header("Authorization", "Bearer " + key);
		return (body != null) ? request.contentType(MediaType.APPLICATION_JSON).body(body).exchange()
				: request.exchange();
	}

	/** Read an answer that must be a success. */
	static JsonNode json(ResponseSpec answer) {
		byte[] body = answer.expectStatus().is2xxSuccessful().expectBody().returnResult().getResponseBodyContent();
		return JsonMapper.shared().readTree(new String(Objects.requireNonNull(body), StandardCharsets.UTF_8));
	}

	/**
	 * A team that spends money.
	 *
	 * @param id such as {@code team_7}
	 * @param key its live key
	 */
	record Team(String id, String key) {

		int number() {
			return Integer.parseInt(this.id.substring("team_".length()));
		}

	}

}
