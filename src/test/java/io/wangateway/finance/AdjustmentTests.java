package io.wangateway.finance;

import java.time.YearMonth;
import java.util.UUID;

import io.wangateway.TestGateway;
import io.wangateway.generation.GenerationId;
import io.wangateway.ledger.BooksCheck;
import io.wangateway.ledger.BooksTest;
import io.wangateway.ledger.TestBooks;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.test.web.servlet.client.RestTestClient.ResponseSpec;

import static org.assertj.core.api.Assertions.assertThat;

/** Corrections of what was charged. */
@BooksTest
class AdjustmentTests {

	@Autowired
	TestBooks books;

	@Autowired
	TestGateway gateway;

	@Autowired
	RestTestClient client;

	@Autowired
	BooksCheck check;

	@Autowired
	JdbcClient jdbc;

	@AfterEach
	void resume() {
		this.books.resume();
		assertThat(this.check.differences()).isEmpty();
	}

	@Test
	void creditComesOffWhatWasSpent() {
		TestBooks.Team team = this.books.team("10.00");
		UUID task = this.books.complete(this.books.accept(team), 5);
		adjust(task, UUID.randomUUID().toString(), """
				{"amount": "-0.75", "reason": "The sound was broken"}""").expectStatus()
			.isOk()
			.expectBody()
			.json("""
					{"object": "ledger.entry", "kind": "adjustment", "team": "%s", "task": "%s", "livemode": true,
					 "amount": "-0.75", "currency": "CNY", "reason": "The sound was broken"}""".formatted(team.id(),
					new GenerationId(task)));
		JsonNode budget = this.books.budget(team);
		assertThat(budget.get("spent").stringValue()).isEqualTo("1.75");
		assertThat(budget.get("remaining").stringValue()).isEqualTo("8.25");
	}

	@Test
	void repeatedRequestPostsNothingMore() {
		TestBooks.Team team = this.books.team();
		UUID task = this.books.complete(this.books.accept(team), 5);
		String body = """
				{"amount": "-1.00", "reason": "Too dark"}""";
		JsonNode first = TestGateway.json(adjust(task, "again", body));
		ResponseSpec second = adjust(task, "again", body);
		second.expectHeader().valueEquals("Idempotent-Replayed", "true");
		assertThat(TestGateway.json(second)).isEqualTo(first);
		adjust(task, "again", """
				{"amount": "-2.00", "reason": "Too dark"}""").expectStatus().isEqualTo(422);
		assertThat(this.books.budget(team).get("spent").stringValue()).isEqualTo("1.50");
	}

	@Test
	void requestNeedsAKey() {
		UUID task = this.books.complete(this.books.accept(this.books.team()), 5);
		this.books.finance(HttpMethod.POST, path(task), """
				{"amount": "-1.00", "reason": "Too dark"}""")
			.expectStatus()
			.isBadRequest()
			.expectBody()
			.jsonPath("$.error.param")
			.isEqualTo("Idempotency-Key");
	}

	@Test
	void taskNeverCostsLessThanNothing() {
		TestBooks.Team team = this.books.team();
		UUID task = this.books.complete(this.books.accept(team), 5);
		adjust(task, UUID.randomUUID().toString(), """
				{"amount": "-2.51", "reason": "Too dark"}""").expectStatus().isBadRequest();
		adjust(task, UUID.randomUUID().toString(), """
				{"amount": "-2.50", "reason": "Too dark"}""").expectStatus().isOk();
		adjust(task, UUID.randomUUID().toString(), """
				{"amount": "-0.01", "reason": "Too dark"}""").expectStatus().isBadRequest();
		assertThat(this.books.budget(team).get("spent").stringValue()).isEqualTo("0.00");
	}

	@Test
	void wrongFieldsAreToldAtOnce() {
		UUID task = this.books.complete(this.books.accept(this.books.team()), 5);
		adjust(task, UUID.randomUUID().toString(), """
				{"amount": 1, "raeson": "x"}""").expectStatus()
			.isBadRequest()
			.expectBody()
			.jsonPath("$.error.errors.length()")
			.isEqualTo(3);
		adjust(task, UUID.randomUUID().toString(), """
				{"amount": "0.00", "reason": "x"}""").expectStatus().isBadRequest();
	}

	@Test
	void openTaskIsNotCorrected() {
		UUID task = this.books.accept(this.books.team());
		adjust(task, UUID.randomUUID().toString(), """
				{"amount": "1.00", "reason": "Early"}""").expectStatus().isEqualTo(409);
		adjust(UUID.randomUUID(), UUID.randomUUID().toString(), """
				{"amount": "1.00", "reason": "Nobody"}""").expectStatus().isNotFound();
	}

	@Test
	void correctionOfAClosedMonthIsPostedInTheOpenOneAndSaysWhatItCorrects() {
		TestBooks.Team team = this.books.team();
		YearMonth month = TestBooks.month();
		YearMonth next = TestBooks.month();
		this.books.standAt(month.atDay(10).atStartOfDay());
		UUID task = this.books.complete(this.books.accept(team), 5);
		this.books.standAt(next.atDay(1).atTime(1, 0));
		this.books.finance(HttpMethod.POST, "/v1/admin/periods/%s/close".formatted(month), null).expectStatus().isOk();
		adjust(task, UUID.randomUUID().toString(), """
				{"amount": "-2.50", "reason": "Black video"}""").expectStatus().isOk().expectBody().json("""
				{"month": "%s", "corrects": "%s"}""".formatted(next, month));
		assertThat(spent(team, month)).isEqualTo("2.50");
		assertThat(spent(team, next)).isEqualTo("-2.50");
	}

	@Test
	void teamIsCorrectedWithoutATask() {
		TestBooks.Team team = this.books.team("1.00");
		adjustTeam("""
				{"team": "%s", "amount": "3.00", "reason": "Alibaba's invoice"}""".formatted(team.id())).expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.task")
			.doesNotExist();
		assertThat(this.books.budget(team).get("spent").stringValue()).isEqualTo("3.00");
		assertThat(this.books.budget(team).get("reached_thresholds").toString()).isEqualTo("[50,80,100]");
		this.books.submit(team).expectStatus().isEqualTo(402);
	}

	/** Such a line could never be taken out of the books again. */
	@ParameterizedTest
	@ValueSource(strings = { "-999999999-01", "+999999999-12", "0001-01", "2026-13", "2026-1", "2026-11-01" })
	void monthOfAnotherAgeIsRefused(String month) {
		adjustTeam("""
				{"team": "%s", "amount": "3.00", "reason": "x", "month": "%s"}""".formatted(this.books.team().id(),
				month))
			.expectStatus()
			.isBadRequest()
			.expectBody()
			.jsonPath("$.error.param")
			.isEqualTo("month");
	}

	@Test
	void teamAndMonthMustBeThere() {
		adjustTeam("""
				{"team": "team_999999", "amount": "3.00", "reason": "x"}""").expectStatus().isNotFound();
		adjustTeam("""
				{"team": "everybody", "amount": "3.00", "reason": "x"}""").expectStatus().isBadRequest();
		adjustTeam("""
				{"team": "%s", "amount": "3.00", "reason": "x", "month": "2999-01"}"""
			.formatted(this.books.team().id())).expectStatus().isBadRequest();
	}

	@Test
	void correctionsAreAudited() {
		UUID task = this.books.complete(this.books.accept(this.books.team()), 5);
		adjust(task, UUID.randomUUID().toString(), """
				{"amount": "-1.00", "reason": "Too dark"}""").expectStatus().isOk();
		assertThat(this.jdbc.sql("select action from audit_entry where subject = :task")
			.param("task", new GenerationId(task).toString())
			.query(String.class)
			.list()).containsExactly("ledger.adjust");
	}

	private String spent(TestBooks.Team team, YearMonth month) {
		return this.jdbc
			.sql("select spent::numeric(20, 2)::text from account_month where team_id = :team and month = :month")
			.param("team", team.number())
			.param("month", month.atDay(1))
			.query((row, _) -> row.getString(1))
			.single();
	}

	private static String path(UUID task) {
		return "/v1/admin/tasks/%s/adjust".formatted(new GenerationId(task));
	}

	private ResponseSpec adjust(UUID task, String key, String body) {
		return post(path(task), key, body);
	}

	private ResponseSpec adjustTeam(String body) {
		return post("/v1/admin/ledger/adjustments", UUID.randomUUID().toString(), body);
	}

	private ResponseSpec post(String path, String key, String body) {
		return this.client.post()
			.uri(path)
			.header("Authorization", "Bearer " + this.gateway.admin())
			.header("Idempotency-Key", key)
			.contentType(MediaType.APPLICATION_JSON)
			.body(body)
			.exchange();
	}

}
