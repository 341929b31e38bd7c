package io.wangateway.finance;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.wangateway.TestGateway;
import io.wangateway.generation.Evidence;
import io.wangateway.generation.FailureCode;
import io.wangateway.ledger.BooksCheck;
import io.wangateway.ledger.BooksTest;
import io.wangateway.ledger.TestBooks;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.client.RestTestClient.ResponseSpec;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Months: what belongs to them, closing them, and proving that they are right. */
@BooksTest
class MonthTests {

	@Autowired
	TestBooks books;

	@Autowired
	TestGateway gateway;

	@Autowired
	BooksCheck check;

	@Autowired
	JdbcClient jdbc;

	@Autowired
	TransactionTemplate transaction;

	private final YearMonth month = TestBooks.month();

	private final YearMonth next = TestBooks.month();

	@AfterEach
	void resume() {
		this.books.resume();
		assertThat(this.check.differences()).isEmpty();
	}

	@Test
	void videoBelongsToTheMonthInWhichItWasSettled() {
		TestBooks.Team team = this.books.team();
		this.books.standAt(lastMoment());
		this.books.complete(this.books.accept(team), 5);
		UUID open = this.books.accept(team);
		this.books.standAt(this.next.atDay(1).atStartOfDay());
		this.books.complete(open, 5);
		assertThat(total(this.month).get("ledger").stringValue()).isEqualTo("2.50");
		assertThat(total(this.next).get("ledger").stringValue()).isEqualTo("2.50");
	}

	@Test
	void monthIsClosedAnHourAfterItsEndAndNotBefore() {
		TestBooks.Team team = this.books.team();
		this.books.standAt(lastMoment());
		this.books.complete(this.books.accept(team), 5);
		close(this.month).expectStatus()
			.isEqualTo(409)
			.expectBody()
			.jsonPath("$.error.code")
			.isEqualTo("not_completed");
		this.books.standAt(this.next.atDay(1).atTime(0, 59, 59));
		close(this.month).expectStatus().isEqualTo(409);
		this.books.standAt(this.next.atDay(1).atTime(1, 0));
		close(this.month).expectStatus()
			.isOk()
			.expectBody()
			.json("""
					{"object": "period", "month": "%s", "closed": true, "spent": "2.50", "currency": "CNY"}"""
				.formatted(this.month));
		close(this.month).expectStatus()
			.isEqualTo(409)
			.expectBody()
			.jsonPath("$.error.code")
			.isEqualTo("period_closed");
		assertThat(listed(this.month).get("closed").booleanValue()).isTrue();
		assertThat(listed(this.next).get("closed").booleanValue()).isFalse();
	}

	@Test
	void monthBeforeTheFirstIsUnknown() {
		close(YearMonth.of(1999, 12)).expectStatus().isNotFound();
		this.books.finance(HttpMethod.GET, "/v1/admin/periods/1999-12/check", null).expectStatus().isNotFound();
		this.books.finance(HttpMethod.GET, "/v1/admin/periods/2026-13/check", null).expectStatus().isNotFound();
	}

	@Test
	void onlyFinanceClosesMonths() {
		this.gateway.post(this.gateway.operator("ops"), "/v1/admin/periods/%s/close".formatted(this.month), "{}")
			.expectStatus()
			.isForbidden();
	}

	@Test
	void closedMonthTakesNoMoreEntries() {
		TestBooks.Team team = this.books.team();
		this.books.standAt(lastMoment());
		UUID settled = this.books.complete(this.books.accept(team), 5);
		UUID open = this.books.accept(team);
		closeAfterItsEnd();
		this.books.standAt(lastMoment());
		assertThatExceptionOfType(InvalidDataAccessApiUsageException.class).isThrownBy(() -> fail(open));
		assertThatExceptionOfType(DataIntegrityViolationException.class).isThrownBy(() -> this.jdbc
			.sql("""
					insert into ledger_entry (generation_id, team_id, livemode, kind, number, amount, month, posted_at, reason)
					select generation_id, team_id, livemode, 'adjustment', 9, 1, month, posted_at, 'late'
					  from ledger_entry
					 where generation_id = :id and kind = 'charge'""")
			.param("id", settled)
			.update());
		assertThatExceptionOfType(DataIntegrityViolationException.class)
			.isThrownBy(() -> this.jdbc.sql("update period set closed_at = null, closed_by = null where month = :month")
				.param("month", this.month.atDay(1))
				.update());
		this.books.standAt(this.next.atDay(2).atStartOfDay());
		fail(open);
	}

	/** What began in the month, under its lock, is in it. */
	@Test
	@Timeout(60)
	void closingWaitsForWhatIsBeingSettled() throws Exception {
		TestBooks.Team team = this.books.team();
		this.books.standAt(lastMoment());
		this.books.complete(this.books.accept(team), 4);
		UUID id = this.books.accept(team);
		CountDownLatch settled = new CountDownLatch(1);
		CountDownLatch waiting = new CountDownLatch(1);
		try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			Future<?> settling = threads.submit(() -> this.transaction.executeWithoutResult((_) -> {
				this.books.complete(id, 5);
				settled.countDown();
				await(waiting);
			}));
			await(settled);
			this.books.standAt(this.next.atDay(1).atTime(1, 0));
			Future<ResponseSpec> closing = threads.submit(() -> close(this.month));
			Awaitility.await().atMost(Duration.ofSeconds(30)).until(this::somebodyWaitsForTheMonth);
			assertThat(closing.isDone()).isFalse();
			waiting.countDown();
			settling.get();
			closing.get().expectStatus().isOk();
		}
		assertThat(total(this.month).get("report").stringValue()).isEqualTo("4.50");
	}

	private boolean somebodyWaitsForTheMonth() {
		return this.jdbc.sql("""
				select exists (select from pg_stat_activity
				                where datname = current_database() and wait_event_type = 'Lock'
				                  and query like '%from period%for update%')""").query(Boolean.class).single();
	}

	private static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void whatIsHeldAtClosingIsFrozenAndSettledLater() {
		TestBooks.Team team = this.books.team();
		this.books.standAt(lastMoment());
		UUID open = this.books.accept(team);
		this.books.complete(this.books.accept(team), 5);
		closeAfterItsEnd();
		this.books.complete(open, 5);
		assertThat(frozen(team, "sum(held)")).isEqualTo("2.50000000");
		assertThat(frozen(team, "sum(charged)")).isEqualTo("2.50000000");
		assertThat(total(this.next).get("ledger").stringValue()).isEqualTo("2.50");
	}

	@Test
	void closedMonthKeepsItsNames() {
		TestBooks.Team team = this.books.team();
		this.books.standAt(lastMoment());
		this.books.complete(this.books.accept(team), 5);
		closeAfterItsEnd();
		String name = TestGateway.name();
		this.gateway.patch(this.gateway.admin(), "/v1/admin/teams/" + team.id(), """
				{"name": "%s"}""".formatted(name)).expectStatus().isOk();
		assertThat(this.jdbc.sql("select name from closed_team where month = :month and team_id = :team")
			.param("month", this.month.atDay(1))
			.param("team", team.number())
			.query(String.class)
			.single()).isNotEqualTo(name);
	}

	@Test
	void checkTellsThatAllSidesAgreeAlsoBeforeClosing() {
		TestBooks.Team team = this.books.team();
		this.books.standAt(lastMoment());
		this.books.complete(this.books.accept(team), 5);
		this.books.complete(this.books.accept(team), 7);
		fail(this.books.accept(team));
		this.books.accept(team);
		assertThat(checked(this.month).get("closed").booleanValue()).isFalse();
		assertThat(total(this.month).toString()).isEqualTo(
				"{\"tasks\":\"6.00\",\"adjustments\":\"0.00\",\"ledger\":\"6.00\",\"accounts\":\"6.00\",\"report\":\"6.00\"}");
		closeAfterItsEnd();
		assertThat(checked(this.month).get("ok").booleanValue()).isTrue();
		assertThat(checked(this.month).get("closed").booleanValue()).isTrue();
		assertThat(total(this.month).get("report").stringValue()).isEqualTo("6.00");
	}

	@Test
	void checkFindsASumThatIsWrong() {
		TestBooks.Team team = this.books.team();
		this.books.standAt(lastMoment());
		this.books.complete(this.books.accept(team), 5);
		move(team, "+ 1");
		try {
			JsonNode checked = checked(this.month);
			assertThat(checked.get("ok").booleanValue()).isFalse();
			assertThat(checked.get("differences").toString()).isEqualTo(
					"""
							[{"team":"%s","tasks":"2.50","adjustments":"0.00","ledger":"2.50","accounts":"3.50","report":"2.50"}]"""
						.formatted(team.id()));
			assertThat(this.check.differences()).hasSize(1);
		}
		finally {
			move(team, "- 1");
		}
	}

	@Test
	void excessIsAnAdjustmentOfItsOwnThatTheTaskKnowsOf() {
		TestBooks.Team team = this.books.team();
		this.books.standAt(lastMoment());
		UUID id = this.books.complete(this.books.accept(team), 7);
		List<String> entries = this.jdbc
			.sql("select kind || ' ' || amount::numeric(20, 2) from ledger_entry where generation_id = :id order by id")
			.param("id", id)
			.query((row, _) -> row.getString(1))
			.list();
		assertThat(entries).containsExactly("hold 2.50", "charge 2.50", "adjustment 1.00");
	}

	private void fail(UUID id) {
		this.books.step(id, (generation, now) -> generation.fail(FailureCode.GENERATION_FAILED, "It failed", now,
				Evidence.of("test")));
	}

	private void move(TestBooks.Team team, String change) {
		this.jdbc
			.sql("update account_month set spent = spent %s where team_id = :team and month = :month".formatted(change))
			.param("team", team.number())
			.param("month", this.month.atDay(1))
			.update();
	}

	private void closeAfterItsEnd() {
		this.books.standAt(this.next.atDay(1).atTime(1, 0));
		close(this.month).expectStatus().isOk();
	}

	private ResponseSpec close(YearMonth month) {
		return this.books.finance(HttpMethod.POST, "/v1/admin/periods/%s/close".formatted(month), null);
	}

	private JsonNode checked(YearMonth month) {
		return TestGateway
			.json(this.books.finance(HttpMethod.GET, "/v1/admin/periods/%s/check".formatted(month), null));
	}

	private JsonNode total(YearMonth month) {
		JsonNode checked = checked(month);
		assertThat(checked.get("ok").booleanValue()).isTrue();
		return checked.get("total");
	}

	private JsonNode listed(YearMonth month) {
		return TestGateway.json(this.books.finance(HttpMethod.GET, "/v1/admin/periods", null))
			.get("data")
			.valueStream()
			.filter((period) -> period.get("month").stringValue().equals(month.toString()))
			.findFirst()
			.orElseThrow();
	}

	private String frozen(TestBooks.Team team, String sum) {
		return this.jdbc
			.sql("select (%s)::text from closed_usage where month = :month and team_id = :team".formatted(sum))
			.param("month", this.month.atDay(1))
			.param("team", team.number())
			.query((row, _) -> row.getString(1))
			.single();
	}

	private LocalDateTime lastMoment() {
		return this.next.atDay(1).atStartOfDay().minusNanos(1_000_000);
	}

}
