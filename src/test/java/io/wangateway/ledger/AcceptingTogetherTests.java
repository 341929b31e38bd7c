package io.wangateway.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import javax.sql.DataSource;

import io.wangateway.TestGateway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/** Requests that come at the same time share a transaction, and nobody can tell. */
@BooksTest
class AcceptingTogetherTests {

	private static final int ROUNDS = 60;

	@Autowired
	TestBooks books;

	@Autowired
	TestGateway gateway;

	@Autowired
	JdbcClient jdbc;

	@Autowired
	TransactionTemplate transaction;

	@Autowired
	DataSource dataSource;

	private final JsonMapper json = new JsonMapper();

	/** One for all requests of a test, so that no token grows meanwhile. */
	private String time;

	private List<Integer> asking = List.of();

	@BeforeEach
	void time() {
		this.time = this.jdbc.sql("select now()::text").query(String.class).single();
	}

	/**
	 * Budgets, queues, tokens and keys that are nearly used up, so that some of each lot
	 * is refused.
	 */
	@Test
	void severalAreDecidedAsOneAfterTheOtherWouldBe() {
		long seed = new Random().nextLong();
		Random random = new Random(seed);
		List<TestBooks.Team> teams = IntStream.range(0, 4).mapToObj((_) -> this.books.team("40.00")).toList();
		teams.forEach(this.books::accept);
		this.asking = teams.stream().map(AcceptingTogetherTests::number).toList();
		for (int round = 0; round < ROUNDS; round++) {
			prepare(random, teams);
			ArrayNode asked = this.json.createArrayNode();
			int count = 1 + random.nextInt(20);
			for (int i = 0; i < count; i++) {
				asked.add(request(random, i, teams.get(random.nextInt(teams.size()))));
			}
			Outcome together = decide(List.of(asked));
			List<ArrayNode> alone = new ArrayList<>();
			asked.forEach((each) -> alone.add(this.json.createArrayNode().add(each)));
			assertThat(together).as("seed %d, round %d, asked %s", seed, round, asked).isEqualTo(decide(alone));
		}
	}

	@Test
	void teamThatHasToWaitDelaysNoOther() throws Exception {
		TestBooks.Team busy = this.books.team();
		TestBooks.Team other = this.books.team();
		this.books.accept(busy);
		try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
				Connection elsewhere = this.dataSource.getConnection()) {
			List<Future<?>> waiting;
			List<Future<?>> served;
			lockAccount(elsewhere, busy);
			try {
				waiting = IntStream.range(0, 2)
					.<Future<?>>mapToObj((_) -> threads.submit(() -> accepted(busy)))
					.toList();
				served = IntStream.range(0, 6)
					.<Future<?>>mapToObj((_) -> threads.submit(() -> accepted(other)))
					.toList();
				await().until(() -> served.stream().allMatch(Future::isDone));
				assertThat(waiting).noneMatch(Future::isDone);
			}
			finally {
				elsewhere.rollback();
				elsewhere.setAutoCommit(true);
			}
			for (Future<?> each : waiting) {
				each.get();
			}
			for (Future<?> each : served) {
				each.get();
			}
		}
		assertThat(this.books.budget(busy).get("held").stringValue()).isEqualTo("7.50");
		assertThat(this.books.budget(other).get("held").stringValue()).isEqualTo("15.00");
	}

	/**
	 * What the gateway goes by when it decides about a lot again, without those who have
	 * to wait.
	 */
	@Test
	void lotThatWaitsFailsAndIsDecidedWithoutWhomItWaitedFor() throws Exception {
		TestBooks.Team busy = this.books.team();
		TestBooks.Team other = this.books.team();
		this.books.accept(busy);
		this.books.accept(other);
		ArrayNode lot = this.json.createArrayNode()
			.add(plain(0, busy, UUID.randomUUID()))
			.add(plain(1, other, UUID.randomUUID()));
		try (Connection elsewhere = this.dataSource.getConnection()) {
			lockAccount(elsewhere, busy);
			try {
				assertThatExceptionOfType(UncategorizedSQLException.class).isThrownBy(() -> decided(lot, "briefly"))
					.satisfies((ex) -> assertThat(ex.getSQLException().getSQLState()).isEqualTo("55P03"));
				assertThat(decided(lot, "never")).containsExactly(1);
			}
			finally {
				elsewhere.rollback();
				elsewhere.setAutoCommit(true);
			}
		}
	}

	private List<Integer> decided(ArrayNode lot, String waiting) {
		return this.jdbc.sql("select number from accept_generations(:asked::json, :waiting)")
			.param("asked", lot.toString())
			.param("waiting", waiting)
			.query((row, _) -> row.getInt("number"))
			.list();
	}

	/**
	 * Whoever holds a team's money may need its key's allowance next, so that a request
	 * which held that first and waited for the money would wait for ever.
	 */
	@Test
	void firstRequestOfTeamTakesNothingBeforeItsMoney() throws Exception {
		TestBooks.Team team = this.books.team();
		try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
				Connection elsewhere = this.dataSource.getConnection()) {
			elsewhere.setAutoCommit(false);
			Future<?> first;
			try (Statement statement = elsewhere.createStatement()) {
				statement.execute("insert into account (team_id, livemode) values (%d, true)".formatted(number(team)));
				first = threads.submit(() -> decideAlone(team));
				await().until(() -> this.jdbc.sql("select count(*) from pg_locks where not granted")
					.query(Integer.class)
					.single() > 0);
				statement.execute("set local lock_timeout = '3s'");
				statement.execute("select take_submission_token(%d, now())".formatted(key(team)));
				elsewhere.commit();
			}
			finally {
				elsewhere.rollback();
				elsewhere.setAutoCommit(true);
			}
			first.get();
		}
		assertThat(this.books.budget(team).get("held").stringValue()).isEqualTo("2.50");
	}

	/** As each is decided where several failed together. */
	private void decideAlone(TestBooks.Team team) {
		assertThat(this.jdbc.sql("select answer ->> 'outcome' from accept_generations(:asked::json, 'patiently')")
			.param("asked", this.json.createArrayNode().add(plain(0, team, UUID.randomUUID())).toString())
			.query(String.class)
			.single()).isEqualTo("accepted");
	}

	/** Such as a label that only the database finds fault with. */
	@Test
	void requestThatTheDatabaseCannotTakeFailsAlone() throws Exception {
		TestBooks.Team unlucky = this.books.team();
		TestBooks.Team other = this.books.team();
		String number = unlucky.id().replaceAll("\\D", "");
		this.jdbc.sql("alter table generation add constraint unlucky check (team_id <> %s)".formatted(number)).update();
		try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			List<Future<?>> served = new ArrayList<>();
			List<Future<Integer>> failed = new ArrayList<>();
			for (int i = 0; i < 8; i++) {
				served.add(threads.submit(() -> accepted(other)));
				failed.add(threads.submit(() -> this.books.submit(unlucky).returnResult().getStatus().value()));
			}
			for (Future<?> each : served) {
				each.get();
			}
			for (Future<Integer> each : failed) {
				assertThat(each.get()).isEqualTo(500);
			}
		}
		finally {
			this.jdbc.sql("alter table generation drop constraint unlucky").update();
		}
		assertThat(this.books.budget(unlucky).get("held").stringValue()).isEqualTo("0.00");
		assertThat(this.books.budget(other).get("held").stringValue()).isEqualTo("20.00");
	}

	@Test
	void sameIdempotencyKeyAtTheSameTimeBuysOnce() throws Exception {
		TestBooks.Team team = this.books.team();
		List<Integer> answers = new ArrayList<>();
		try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			List<Future<Integer>> all = IntStream.range(0, 30)
				.mapToObj((_) -> threads
					.submit(() -> this.gateway.post(team.key(), "/v1/videos/generations", TestBooks.VIDEO, "once")
						.returnResult()
						.getStatus()
						.value()))
				.toList();
			for (Future<Integer> each : all) {
				answers.add(each.get());
			}
		}
		assertThat(answers).contains(200).isSubsetOf(200, 409);
		assertThat(this.books.budget(team).get("held").stringValue()).isEqualTo("2.50");
	}

	private void accepted(TestBooks.Team team) {
		this.books.submit(team).expectStatus().isOk();
	}

	private static void lockAccount(Connection connection, TestBooks.Team team) throws SQLException {
		connection.setAutoCommit(false);
		connection.createStatement()
			.execute("select from account where team_id = %s for update".formatted(team.id().replaceAll("\\D", "")));
	}

	/** Each team is put near one of its limits, or far from all of them. */
	private void prepare(Random random, List<TestBooks.Team> teams) {
		for (TestBooks.Team team : teams) {
			this.books.budget(team, (random.nextBoolean() ? "1000" : 2.5 + random.nextInt(20)) + "");
			int number = number(team);
			this.jdbc.sql("update team set max_queued = :most, suspended = :suspended where id = :team")
				.param("most", random.nextBoolean() ? 10_000 : 1 + random.nextInt(5))
				.param("suspended", random.nextInt(8) == 0)
				.param("team", number)
				.update();
			this.jdbc.sql("""
					update submission_bucket set tokens = :tokens, refilled_at = '%s'
					 where key_id in (select id from api_key where team_id = :team)""".formatted(this.time))
				.param("tokens", random.nextBoolean() ? 500.0 : random.nextInt(5))
				.param("team", number)
				.update();
		}
	}

	private ObjectNode request(Random random, int number, TestBooks.Team team) {
		ObjectNode request = plain(number, team, new UUID(random.nextLong(), random.nextLong()));
		request.put("configured", random.nextInt(10) > 0).put("maximum_cost", random.nextBoolean() ? "2.50" : "5.00");
		if (random.nextInt(3) == 0) {
			request.put("idempotency_key", "key " + random.nextInt(6)).put("request_hash", "0" + random.nextInt(2));
		}
		if (random.nextInt(5) == 0) {
			request.put("client_business_id", "order-" + random.nextInt(4));
		}
		return request;
	}

	private ObjectNode plain(int number, TestBooks.Team team, UUID id) {
		ObjectNode request = this.json.createObjectNode();
		request.put("number", number)
			.put("id", id.toString())
			.put("team_id", number(team))
			.put("key_id", key(team))
			.put("livemode", true)
			.put("configured", true)
			.put("model", "wan2.6-flash")
			.put("mode", "i2v")
			.put("lane", "wan2.6-i2v-flash")
			.put("resolution", "720p")
			.put("seconds", 5)
			.put("audio", true)
			.put("price_id", this.jdbc.sql("select min(id) from price").query(Integer.class).single())
			.put("unit_price", "0.50")
			.put("estimated_cost", "2.50")
			.put("maximum_cost", "2.50")
			.put("created_at", this.time)
			.set("request", this.json.createObjectNode());
		return request;
	}

	private int key(TestBooks.Team team) {
		return this.jdbc.sql("select min(id) from api_key where team_id = :team")
			.param("team", number(team))
			.query(Integer.class)
			.single();
	}

	/** Decide about lots one after the other, look at what came of it, and undo it. */
	private Outcome decide(List<ArrayNode> lots) {
		return this.transaction.execute((status) -> {
			Map<Integer, String> answers = new TreeMap<>();
			for (ArrayNode lot : lots) {
				this.jdbc.sql(
						"select number, answer ->> 'outcome' as outcome from accept_generations(:lot::json, 'patiently')")
					.param("lot", lot.toString())
					.query((row) -> {
						answers.put(row.getInt("number"), row.getString("outcome"));
					});
			}
			Outcome outcome = new Outcome(answers, rows("select team_id, livemode, held from account"),
					rows("select team_id, lane, queued, accepted from queue"),
					rows("select team_id, sum(amount), count(*) from ledger_entry group by team_id"),
					rows("select team_id, count(*), count(distinct place) from generation group by team_id"),
					rows("select team_id, monthly_limit, threshold from budget_event"),
					rows("select k.team_id, floor(b.tokens) from submission_bucket b join api_key k on k.id = b.key_id"),
					rows("select team_id, idempotency_key from idempotency_record"));
			status.setRollbackOnly();
			return outcome;
		});
	}

	/** What there is of the teams asking; whatever others do meanwhile. */
	private List<String> rows(String sql) {
		return this.jdbc.sql("select r::text from (%s) r where r.team_id = any (:teams)".formatted(sql))
			.param("teams", this.asking.toArray(Integer[]::new))
			.query(String.class)
			.list()
			.stream()
			.sorted()
			.toList();
	}

	private static int number(TestBooks.Team team) {
		return Integer.parseInt(team.id().replaceAll("\\D", ""));
	}

	/** What was answered, and what is in the books. */
	private record Outcome(Map<Integer, String> answers, List<String> accounts, List<String> queues, List<String> holds,
			List<String> tasks, List<String> thresholds, List<String> tokens, List<String> records) {
	}

}
