package io.wangateway.usage;

import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

import io.wangateway.TestGateway;
import io.wangateway.ledger.BooksTest;
import io.wangateway.ledger.TestBooks;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.openpdf.text.pdf.PdfReader;
import org.openpdf.text.pdf.parser.PdfTextExtractor;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;

import static org.assertj.core.api.Assertions.assertThat;

/** Reports and statements of months that are closed, and of one that is not. */
@BooksTest
class ClosedMonthReportTests {

	@Autowired
	TestBooks books;

	@Autowired
	TestGateway gateway;

	private final YearMonth month = TestBooks.month();

	private final YearMonth next = TestBooks.month();

	@AfterEach
	void resume() {
		this.books.resume();
	}

	@Test
	void closedMonthIsTheSameToTheByteForEver() {
		TestBooks.Team team = this.books.team();
		this.books.standAt(lastMoment());
		this.books.complete(this.books.accept(team), 7);
		UUID open = this.books.accept(team);
		close();
		List<String> queries = List.of("", "&format=csv", "&bucket_width=1d&group_by=team,api_key,mode",
				"&group_by=team,api_key&format=csv");
		List<String> before = queries.stream().map((query) -> report(team, query)).toList();
		assertThat(before.getFirst()).contains("\"held\":\"2.50\"").contains("\"net\":\"3.50\"");
		String statement = statement(team, "html");
		this.gateway.patch(this.gateway.admin(), "/v1/admin/teams/" + team.id(), """
				{"name": "%s", "cost_center": "other"}""".formatted(TestGateway.name())).expectStatus().isOk();
		this.books.complete(open, 5);
		adjust(team);
		assertThat(queries.stream().map((query) -> report(team, query))).containsExactlyElementsOf(before);
		assertThat(statement(team, "html")).isEqualTo(statement);
	}

	@Test
	void statementShowsWhatTheMonthCameToAndWhy() throws Exception {
		TestBooks.Team team = this.books.team();
		this.gateway.patch(this.gateway.admin(), "/v1/admin/teams/" + team.id(), """
				{"name": "市场部 🌸❤️ﷺ %s"}""".formatted(TestGateway.name())).expectStatus().isOk();
		this.books.standAt(lastMoment());
		this.books.complete(this.books.accept(team), 5);
		this.books.fail(this.books.accept(team));
		adjust(team);
		String page = statement(team, "html");
		assertThat(page).contains("Net: ¥1.50", "市场部", "still open", "i2v, 1080p, with sound", "generation_failed",
				"sorry &lt;b&gt;", "100 % of the cost (¥2.50); silent 720p would have been ¥0.75", "-1.00");
		assertThat(page).doesNotContain("<script", "style=");
		byte[] bytes = this.bytes(path(team, "pdf"));
		assertThat(new String(bytes, StandardCharsets.ISO_8859_1)).as("embedded").contains("NotoSansSC", "/FontFile");
		PdfReader pdf = new PdfReader(bytes);
		String text = new PdfTextExtractor(pdf).getTextFromPage(1).replaceAll("\\s+", " ");
		assertThat(text).contains("Net: ¥1.50")
			.contains("silent 720p would have been ¥0.75")
			.contains("generation_failed")
			.contains("市场部 (cherry blossom)(heavy black heart)□");
	}

	@Test
	void teamReadsItsOwnStatementOnly() {
		TestBooks.Team team = this.books.team();
		this.gateway.get(team.key(), "/v1/usage/statement")
			.expectStatus()
			.isOk()
			.expectHeader()
			.value("Content-Security-Policy", (policy) -> assertThat(policy).startsWith("default-src 'none'"));
		this.gateway.get(team.key(), "/v1/usage/statement?month=2099-01").expectStatus().isNotFound();
		this.gateway.get(team.key(), path(team, "html")).expectStatus().isForbidden();
		this.books.finance(HttpMethod.GET, "/v1/admin/periods/2026-03/statements/team_0", null)
			.expectStatus()
			.isNotFound();
	}

	private void adjust(TestBooks.Team team) {
		this.gateway
			.post(this.gateway.admin(), "/v1/admin/ledger/adjustments", """
					{"team": "%s", "amount": "-1", "reason": "sorry <b>"}""".formatted(team.id()),
					UUID.randomUUID().toString())
			.expectStatus()
			.isOk();
	}

	private void close() {
		this.books.standAt(this.next.atDay(1).atTime(1, 0));
		this.books.finance(HttpMethod.POST, "/v1/admin/periods/%s/close".formatted(this.month), null)
			.expectStatus()
			.isOk();
	}

	private LocalDateTime lastMoment() {
		return this.next.atDay(1).atStartOfDay().minusNanos(1_000_000);
	}

	private String report(TestBooks.Team team, String query) {
		return new String(bytes("/v1/admin/usage?month=%s&team=%s%s".formatted(this.month, team.id(), query)),
				StandardCharsets.UTF_8);
	}

	private String statement(TestBooks.Team team, String format) {
		return new String(bytes(path(team, format)), StandardCharsets.UTF_8);
	}

	private String path(TestBooks.Team team, String format) {
		return "/v1/admin/periods/%s/statements/%s?format=%s".formatted(this.month, team.id(), format);
	}

	private byte[] bytes(String path) {
		return Objects.requireNonNull(this.books.finance(HttpMethod.GET, path, null)
			.expectStatus()
			.isOk()
			.expectBody()
			.returnResult()
			.getResponseBodyContent());
	}

}
