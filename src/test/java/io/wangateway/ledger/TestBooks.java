package io.wangateway.ledger;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

import io.wangateway.TestGateway;
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

import org.springframework.boot.test.context.TestComponent;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.client.RestTestClient.ResponseSpec;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Teams that spend money, and finance that looks after it. Steps that upstream causes are
 * taken here, as the gateway itself takes them.
 */
@TestComponent
public class TestBooks {

	/** A video that is held and charged at ¥2.50. */
	public static final String VIDEO = """
			{"model": "wan2.6-flash", "image_urls": ["https://media.example.com/cat.png"]}""";

	private static final AtomicInteger months = new AtomicInteger();

	private final TestGateway gateway;

	private final Generations generations;

	private final GenerationContents contents;

	private final Prices prices;

	private final Ledger ledger;

	private final JdbcClient jdbc;

	private final TransactionTemplate transaction;

	TestBooks(TestGateway gateway, Generations generations, GenerationContents contents, Prices prices, Ledger ledger,
			JdbcClient jdbc, TransactionTemplate transaction) {
		this.gateway = gateway;
		this.generations = generations;
		this.contents = contents;
		this.prices = prices;
		this.ledger = ledger;
		this.jdbc = jdbc;
		this.transaction = transaction;
	}

	/** A team with a live key. */
	public Team team() {
		String id = this.gateway.team();
		return new Team(id, this.gateway.liveKey(id));
	}

	/** A team with a live key and a budget. */
	public Team team(String limit) {
		Team team = team();
		budget(team, limit);
		return team;
	}

	public void budget(Team team, String limit) {
		finance(HttpMethod.PUT, "/v1/admin/teams/%s/budget".formatted(team.id()), """
				{"limit": "%s"}""".formatted(limit)).expectStatus().isOk();
	}

	/** How a team's budget stands. */
	public JsonNode budget(Team team) {
		return TestGateway.json(this.gateway.get(team.key(), "/v1/budget"));
	}

	public ResponseSpec submit(Team team) {
		return this.gateway.post(team.key(), "/v1/videos/generations", VIDEO);
	}

	/** Have a video accepted. */
	public UUID accept(Team team) {
		return GenerationId.parse(TestGateway.json(submit(team)).get("id").stringValue()).orElseThrow().value();
	}

	/** Have a video made that upstream bills for as many seconds. */
	public UUID complete(UUID id, int billedSeconds) {
		run(id);
		step(id, (generation, now) -> generation.succeed("https://videos.example.com/" + id,
				charge(generation, billedSeconds), now, now, Evidence.of("test")));
		return id;
	}

	/** Have a video fail after it had begun. */
	public UUID fail(UUID id) {
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

	public Charge charge(Generation generation, int billedSeconds) {
		BigDecimal seconds = BigDecimal.valueOf(billedSeconds);
		return this.prices.quote(generation.priceId(), this.contents.of(generation.id().value()).spec())
			.charge(new BilledSeconds(seconds, null, seconds));
	}

	/** Take one step of a generation's life, in a transaction of its own. */
	public void step(UUID id, BiConsumer<Generation, Instant> step) {
		this.transaction.executeWithoutResult((_) -> {
			Generation generation = this.generations.lock(id).orElseThrow();
			step.accept(generation, this.ledger.now());
			this.generations.save(generation);
		});
	}

	/** A month of which no other test makes use, far in the future. */
	public static YearMonth month() {
		return YearMonth.of(2031, 1).plusMonths(months.getAndIncrement());
	}

	/**
	 * Let the books stand at a time in Shanghai.
	 * @param time such as {@code 2031-01-31T23:59:59.999}
	 */
	public void standAt(LocalDateTime time) {
		standAt(time.toInstant(ZoneOffset.ofHours(8)));
	}

	/** Let the books stand at a time, until {@link #resume()}. */
	public void standAt(Instant time) {
		this.jdbc.sql("""
				create or replace function books_now() returns timestamptz
				    language sql stable as 'select timestamptz ''%s'''""".formatted(time.atOffset(ZoneOffset.UTC)))
			.update();
	}

	/** Let the books go by the database's time again. */
	public void resume() {
		this.jdbc.sql("""
				create or replace function books_now() returns timestamptz
				    language sql stable as 'select now()'""").update();
	}

	/** Send a request as finance does. */
	public ResponseSpec finance(HttpMethod method, String path, @Nullable String body) {
		return this.gateway.send(this.gateway.admin(), method, path, body);
	}

	/**
	 * A team that spends money.
	 *
	 * @param id such as {@code team_7}
	 * @param key its live key
	 */
	public record Team(String id, String key) {

		public int number() {
			return Integer.parseInt(this.id.substring("team_".length()));
		}

	}

}
