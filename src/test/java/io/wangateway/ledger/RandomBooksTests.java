package io.wangateway.ledger;

import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import io.wangateway.TestGateway;
import io.wangateway.generation.GenerationId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.DataClassRowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.client.EntityExchangeResult;
import org.springframework.test.web.servlet.client.RestTestClient.ResponseSpec;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever happens to tasks in whatever order, the books stay right. What happens is
 * drawn by chance; the seed is printed.
 */
@BooksTest
class RandomBooksTests {

	private static final int SEQUENCES = 8;

	private static final int EVENTS = 80;

	@Autowired
	TestBooks books;

	@Autowired
	TestGateway gateway;

	@Autowired
	RandomLife life;

	@Autowired
	BooksCheck check;

	@Autowired
	JdbcClient jdbc;

	@AfterEach
	void resume() {
		this.books.resume();
	}

	@Test
	void whateverHappensNothingIsLostOrChargedTwice() {
		Random random = seeded();
		for (int i = 0; i < SEQUENCES; i++) {
			new Sequence(random).run();
		}
		assertThat(this.check.differences()).isEmpty();
	}

	@Test
	void limitHoldsWhileManyThingsHappenAtOnce() throws Exception {
		Random random = seeded();
		TestBooks.Team team = this.books.team("60.00");
		try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			List<Future<?>> running = new ArrayList<>();
			for (long seed : random.longs(6).toArray()) {
				running.add(threads.submit(() -> happen(team, new Random(seed))));
			}
			for (Future<?> each : running) {
				each.get();
			}
		}
		assertThat(this.check.differences()).isEmpty();
	}

	private void happen(TestBooks.Team team, Random random) {
		for (int i = 0; i < EVENTS; i++) {
			List<UUID> tasks = tasks(team);
			if (tasks.isEmpty() || random.nextInt(4) == 0) {
				this.gateway.post(team.key(), "/v1/videos/generations", RandomLife.request(random));
			}
			else {
				this.life.step(tasks.get(random.nextInt(tasks.size())), random, false);
			}
			assertThat(figures(team).used()).isLessThanOrEqualTo(new BigDecimal("60.00"));
		}
	}

	private List<UUID> tasks(TestBooks.Team team) {
		return this.jdbc.sql("select id from generation where team_id = :team and charged is null")
			.param("team", team.number())
			.query((row, _) -> row.getObject("id", UUID.class))
			.list();
	}

	/** What all sides say about a team at one moment. */
	private Figures figures(TestBooks.Team team) {
		return this.jdbc.sql("""
				select coalesce((select held from account where team_id = :team and livemode), 0) as held,
				       coalesce((select sum(case kind when 'hold' then amount else -amount end) from ledger_entry
				                  where team_id = :team and kind <> 'adjustment'), 0) as held_by_entries,
				       coalesce((select sum(maximum_cost) from generation
				                  where team_id = :team and charged is null), 0) as held_by_tasks,
				       coalesce((select spent from account_month where team_id = :team and livemode
				                    and month = books_month(books_now())), 0) as spent,
				       coalesce((select sum(amount) from ledger_entry where team_id = :team
				                    and kind in ('charge', 'adjustment')
				                    and month = books_month(books_now())), 0) as spent_by_entries,
				       (select count(*) from ledger_entry where team_id = :team) as entries""")
			.param("team", team.number())
			.query(DataClassRowMapper.newInstance(Figures.class))
			.single();
	}

	private static Random seeded() {
		long seed = System.nanoTime();
		System.out.println("RandomBooksTests with seed " + seed);
		return new Random(seed);
	}

	/** One team's life over some months. */
	private final class Sequence {

		private final Random random;

		private final TestBooks.Team team;

		private final List<Accepted> accepted = new ArrayList<>();

		private BigDecimal limit = BigDecimal.valueOf(50);

		private YearMonth month = TestBooks.month();

		Sequence(Random random) {
			this.random = random;
			RandomBooksTests.this.books.standAt(this.month.atDay(15).atStartOfDay());
			this.team = RandomBooksTests.this.books.team(this.limit.toPlainString());
		}

		void run() {
			Figures figures = figures(this.team);
			for (int i = 0; i < EVENTS; i++) {
				happen(figures);
				figures = figures(this.team);
				figures.check();
				checkTasks();
			}
			turnMonth();
		}

		private void happen(Figures before) {
			switch (this.random.nextInt(24)) {
				case 0, 1, 2, 3, 4, 5 -> accept(before);
				case 6 -> replay(before);
				case 7 -> changePrice();
				case 8 -> changeLimit(before);
				case 9 -> adjust(before);
				case 10 -> settleAgain(before);
				case 11 -> {
					if (this.random.nextInt(5) == 0) {
						turnMonth();
					}
				}
				default -> step(before);
			}
		}

		private void accept(Figures before) {
			String key = UUID.randomUUID().toString();
			String body = RandomLife.request(this.random);
			ResponseSpec answer = RandomBooksTests.this.gateway.post(this.team.key(), "/v1/videos/generations", body,
					key);
			EntityExchangeResult<byte[]> result = answer.expectBody().returnResult();
			BigDecimal held = figures(this.team).held().subtract(before.held());
			if (result.getStatus().value() == 402) {
				BigDecimal needed = new BigDecimal(json(result).at("/error/budget/needed").stringValue());
				assertThat(before.used().add(needed)).isGreaterThan(this.limit);
				assertThat(held).isZero();
				return;
			}
			assertThat(result.getStatus().value()).isEqualTo(200);
			assertThat(held).isPositive();
			assertThat(before.used().add(held)).isLessThanOrEqualTo(this.limit);
			UUID id = GenerationId.parse(json(result).get("id").stringValue()).orElseThrow().value();
			this.accepted.add(new Accepted(id, key, body));
		}

		private void replay(Figures before) {
			if (this.accepted.isEmpty()) {
				return;
			}
			Accepted earlier = any();
			JsonNode again = TestGateway.json(RandomBooksTests.this.gateway.post(this.team.key(),
					"/v1/videos/generations", earlier.body(), earlier.key()));
			assertThat(again.get("id").stringValue()).isEqualTo(new GenerationId(earlier.id()).toString());
			assertThat(figures(this.team)).isEqualTo(before);
		}

		/** What others' tests take for granted, 1080p with sound from an image, stays. */
		private void changePrice() {
			RandomBooksTests.this.books.finance(HttpMethod.POST, "/v1/admin/prices",
					"""
							{"model": "wan2.6-flash", "mode": "r2v", "resolution": "%s", "audio": %s, "unit_price": "%s"}"""
						.formatted(this.random.nextBoolean() ? "720p" : "1080p", this.random.nextBoolean(),
								BigDecimal.valueOf(1 + this.random.nextInt(999_999), 6)));
		}

		private void changeLimit(Figures before) {
			this.limit = BigDecimal.valueOf(this.random.nextInt(12_000), 2);
			RandomBooksTests.this.books.budget(this.team, this.limit.toPlainString());
			assertThat(figures(this.team)).isEqualTo(before);
		}

		private void adjust(Figures before) {
			if (this.accepted.isEmpty()) {
				return;
			}
			BigDecimal amount = BigDecimal.valueOf(this.random.nextInt(-300, 300), 2);
			ResponseSpec answer = RandomBooksTests.this.gateway.post(RandomBooksTests.this.gateway.admin(),
					"/v1/admin/tasks/%s/adjust".formatted(new GenerationId(any().id())), """
							{"amount": "%s", "reason": "By chance"}""".formatted(amount.toPlainString()),
					UUID.randomUUID().toString());
			boolean posted = answer.expectBody().returnResult().getStatus().value() == 200;
			assertThat(figures(this.team).used())
				.isEqualByComparingTo(posted ? before.used().add(amount) : before.used());
		}

		private void settleAgain(Figures before) {
			if (!this.accepted.isEmpty()) {
				RandomBooksTests.this.life.settleAgain(any().id());
				assertThat(figures(this.team)).isEqualTo(before);
			}
		}

		private void step(Figures before) {
			List<UUID> open = tasks(this.team);
			if (open.isEmpty()) {
				return;
			}
			boolean excess = this.random.nextInt(4) == 0;
			UUID id = (this.random.nextInt(10) == 0) ? any().id() : open.get(this.random.nextInt(open.size()));
			RandomBooksTests.this.life.step(id, this.random, excess);
			if (!excess) {
				assertThat(figures(this.team).used()).isLessThanOrEqualTo(before.used());
			}
		}

		/** The month ends, and is closed an hour later. */
		private void turnMonth() {
			YearMonth ended = this.month;
			this.month = TestBooks.month();
			checkMonth(ended);
			RandomBooksTests.this.books.standAt(this.month.atDay(1).atTime(1, 0));
			RandomBooksTests.this.books.finance(HttpMethod.POST, "/v1/admin/periods/%s/close".formatted(ended), null)
				.expectStatus()
				.isOk();
			checkMonth(ended);
			Figures figures = figures(this.team);
			assertThat(figures.used()).isEqualByComparingTo(figures.held());
		}

		private void checkMonth(YearMonth month) {
			JsonNode checked = TestGateway.json(RandomBooksTests.this.books.finance(HttpMethod.GET,
					"/v1/admin/periods/%s/check".formatted(month), null));
			assertThat(checked.get("ok").booleanValue()).as(checked.toString()).isTrue();
			JsonNode report = TestGateway.json(RandomBooksTests.this.books.finance(HttpMethod.GET,
					"/v1/admin/usage?month=%s&team=%s".formatted(month, this.team.id()), null));
			BigDecimal net = new BigDecimal(report.at("/total/net").stringValue());
			assertThat(net).isEqualByComparingTo(RandomBooksTests.this.jdbc.sql("""
					select coalesce(sum(amount), 0) from ledger_entry
					 where team_id = :team and month = :month and kind in ('charge', 'adjustment')""")
				.param("team", this.team.number())
				.param("month", month.atDay(1))
				.query(BigDecimal.class)
				.single());
		}

		/**
		 * Each task has one hold, and once it is settled a charge and a release of it.
		 */
		private void checkTasks() {
			assertThat(RandomBooksTests.this.jdbc.sql("""
					select g.id::text
					  from generation g
					  join (select generation_id,
					               sum(amount) filter (where kind = 'hold') as hold,
					               coalesce(sum(amount) filter (where kind = 'charge'), 0) as charge,
					               coalesce(sum(amount) filter (where kind = 'release'), 0) as release,
					               coalesce(sum(amount) filter (where reason = 'upstream_excess'), 0) as excess,
					               count(*) filter (where kind = 'charge') as charges
					          from ledger_entry
					         where team_id = :team
					         group by generation_id) e on e.generation_id = g.id
					 where e.charges > 1 or e.charge > e.hold or e.hold is distinct from g.maximum_cost
					    or (e.charge, e.excess) is distinct from (coalesce(g.charged, 0), coalesce(g.excess, 0))
					    or e.charge + e.release <> case when g.charged is null then 0 else e.hold end""")
				.param("team", this.team.number())
				.query((row, _) -> row.getString(1))
				.list()).isEmpty();
		}

		private Accepted any() {
			return this.accepted.get(this.random.nextInt(this.accepted.size()));
		}

		private static JsonNode json(EntityExchangeResult<byte[]> result) {
			return JsonMapper.shared().readTree(result.getResponseBody());
		}

	}

	private record Accepted(UUID id, String key, String body) {
	}

	private record Figures(BigDecimal held, BigDecimal heldByEntries, BigDecimal heldByTasks, BigDecimal spent,
			BigDecimal spentByEntries, long entries) {

		BigDecimal used() {
			return this.spent.add(this.held);
		}

		void check() {
			assertThat(this.held).isNotNegative()
				.isEqualByComparingTo(this.heldByEntries)
				.isEqualByComparingTo(this.heldByTasks);
			assertThat(this.spent).isEqualByComparingTo(this.spentByEntries);
		}

	}

}
