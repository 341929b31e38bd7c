package io.wangateway.ledger;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

import io.wangateway.TestGateway;
import io.wangateway.generation.FailureCode;
import io.wangateway.generation.Evidence;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/** What teams may spend in a month. A video costs ¥2.50. */
@BooksTest
class BudgetTests {

	private static final Instant NEW_YEAR_IN_SHANGHAI = OffsetDateTime.parse("2027-01-01T00:00+08:00").toInstant();

	@Autowired
	TestBooks books;

	@Autowired
	TestGateway gateway;

	@Autowired
	JdbcClient jdbc;

	@AfterEach
	void resume() {
		this.books.resume();
	}

	@Test
	void teamWithoutBudgetSpendsWithoutLimit() {
		TestBooks.Team team = this.books.team();
		this.books.accept(team);
		this.gateway.send(team.key(), HttpMethod.GET, "/v1/budget", null)
			.expectStatus()
			.isOk()
			.expectBody()
			.json("""
					{"object": "budget", "livemode": true, "currency": "CNY", "period": "month",
					 "spent": "0.00", "held": "2.50"}""")
			.jsonPath("$.limit")
			.doesNotExist()
			.jsonPath("$.remaining")
			.doesNotExist();
	}

	@Test
	void financeSetsAndRemovesBudgets() {
		TestBooks.Team team = this.books.team();
		String path = "/v1/admin/teams/%s/budget".formatted(team.id());
		String finance = this.gateway.operator("finance");
		this.gateway.send(finance, HttpMethod.PUT, path, """
				{"limit": "1000.50", "soft_thresholds": [90, 25]}""").expectStatus().isOk().expectBody().json("""
				{"limit": "1000.50", "currency": "CNY", "period": "month", "soft_thresholds": [25, 90],
				 "reached_thresholds": [], "spent": "0.00", "held": "0.00", "remaining": "1000.50"}""");
		this.gateway.send(finance, HttpMethod.GET, path, null).expectStatus().isOk().expectBody().json("""
				{"limit": "1000.50"}""");
		this.gateway.send(finance, HttpMethod.DELETE, path, null)
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.limit")
			.doesNotExist();
		assertThat(audited(team)).containsExactly("budget.set", "budget.remove");
	}

	@Test
	void opsDontSetBudgets() {
		this.gateway
			.send(this.gateway.operator("ops"), HttpMethod.PUT,
					"/v1/admin/teams/%s/budget".formatted(this.books.team().id()), """
							{"limit": "1.00"}""")
			.expectStatus()
			.isForbidden();
	}

	@Test
	void unknownTeamHasNoBudget() {
		String path = "/v1/admin/teams/team_999999/budget";
		this.books.finance(HttpMethod.GET, path, null).expectStatus().isNotFound();
		this.books.finance(HttpMethod.DELETE, path, null).expectStatus().isNotFound();
		this.books.finance(HttpMethod.PUT, path, """
				{"limit": "1.00"}""").expectStatus().isNotFound();
	}

	@Test
	void limitIsAnExactDecimalInQuotes() {
		TestBooks.Team team = this.books.team();
		for (String wrong : List.of("100", "\"1e3\"", "\"-1\"", "\"0.000000001\"", "\"1,000\"", "null", "\"\"")) {
			this.books.finance(HttpMethod.PUT, "/v1/admin/teams/%s/budget".formatted(team.id()), """
					{"limit": %s}""".formatted(wrong))
				.expectStatus()
				.isBadRequest()
				.expectBody()
				.jsonPath("$.error.param")
				.isEqualTo("limit");
		}
	}

	@Test
	void refusalNamesItsReasonInNumbers() {
		TestBooks.Team team = this.books.team("6.00");
		this.books.complete(this.books.accept(team), 5);
		this.books.accept(team);
		this.books.submit(team)
			.expectStatus()
			.isEqualTo(402)
			.expectBody()
			.json("""
					{"error": {"code": "budget_exceeded", "type": "insufficient_quota",
					           "budget": {"limit": "6.00", "spent": "2.50", "held": "2.50", "needed": "2.50",
					                      "currency": "CNY"}}}""")
			.jsonPath("$.error.budget.resets_at")
			.isEqualTo(this.books.budget(team).get("resets_at").longValue());
	}

	@Test
	void dryRunTellsWhatIsLeft() {
		TestBooks.Team team = this.books.team("6.00");
		this.books.accept(team);
		this.gateway.send(team.key(), HttpMethod.POST, "/v1/videos/generations?dry_run=true", TestBooks.VIDEO)
			.expectStatus()
			.isOk()
			.expectBody()
			.json("""
					{"maximum_cost": "2.50", "budget_remaining": "3.50"}""");
	}

	@Test
	void failedVideoGivesItsHoldBack() {
		TestBooks.Team team = this.books.team("2.50");
		UUID failed = this.books.accept(team);
		this.books.submit(team).expectStatus().isEqualTo(402);
		this.books.fail(failed);
		this.books.accept(team);
		assertThat(this.books.budget(team).get("remaining").stringValue()).isEqualTo("0.00");
	}

	@Test
	void sandboxHasNoBudget() {
		TestBooks.Team team = this.books.team("0.00");
		String sandbox = this.gateway.sandboxKey(team.id());
		this.gateway.send(sandbox, HttpMethod.POST, "/v1/videos/generations", TestBooks.VIDEO).expectStatus().isOk();
		this.gateway.send(sandbox, HttpMethod.GET, "/v1/budget", null).expectStatus().isOk().expectBody().json("""
				{"livemode": false, "held": "2.50"}""").jsonPath("$.limit").doesNotExist();
		assertThat(this.books.budget(team).get("held").stringValue()).isEqualTo("0.00");
	}

	@Test
	void loweredLimitStopsWhatComesAndKeepsWhatIsThere() {
		TestBooks.Team team = this.books.team("100.00");
		UUID accepted = this.books.accept(team);
		this.books.budget(team, "1.00");
		this.books.submit(team).expectStatus().isEqualTo(402);
		this.books.complete(accepted, 5);
		assertThat(this.books.budget(team).get("spent").stringValue()).isEqualTo("2.50");
		assertThat(this.books.budget(team).get("remaining").stringValue()).isEqualTo("0.00");
	}

	@Test
	void eachSoftThresholdIsReachedOncePerMonthAndLimit() {
		TestBooks.Team team = this.books.team("10.00");
		this.books.accept(team);
		assertThat(events(team)).isEmpty();
		UUID second = this.books.accept(team);
		assertThat(events(team)).containsExactly(50);
		this.books.fail(second);
		this.books.accept(team);
		assertThat(events(team)).containsExactly(50);
		this.books.accept(team);
		this.books.accept(team);
		assertThat(events(team)).containsExactly(50, 80, 100);
		assertThat(this.books.budget(team).get("reached_thresholds").toString()).isEqualTo("[50,80,100]");
		this.books.budget(team, "12.00");
		assertThat(events(team)).containsExactly(50, 80, 100, 50, 80);
	}

	@Test
	void newMonthBeginsWithNothingSpentAndAllThatIsHeld() {
		TestBooks.Team team = this.books.team("5.00");
		this.books.standAt(NEW_YEAR_IN_SHANGHAI.minusMillis(1));
		assertThat(this.books.budget(team).get("resets_at").longValue())
			.isEqualTo(NEW_YEAR_IN_SHANGHAI.getEpochSecond());
		this.books.complete(this.books.accept(team), 5);
		UUID open = this.books.accept(team);
		this.books.submit(team).expectStatus().isEqualTo(402);
		this.books.standAt(NEW_YEAR_IN_SHANGHAI);
		assertThat(this.books.budget(team).get("spent").stringValue()).isEqualTo("0.00");
		this.books.accept(team);
		this.books.submit(team).expectStatus().isEqualTo(402);
		this.books.step(open, (generation, now) -> generation.fail(FailureCode.GENERATION_FAILED, "It failed", now,
				Evidence.of("test")));
		this.books.accept(team);
	}

	private List<@Nullable Integer> events(TestBooks.Team team) {
		return this.jdbc
			.sql("select threshold from budget_event where team_id = :team order by monthly_limit, threshold")
			.param("team", team.number())
			.query(Integer.class)
			.list();
	}

	private List<@Nullable String> audited(TestBooks.Team team) {
		return this.jdbc
			.sql("select action from audit_entry where subject = :team and action like 'budget.%' order by id")
			.param("team", team.id())
			.query(String.class)
			.list();
	}

}
