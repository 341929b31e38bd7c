package io.wangateway.finance;

import java.nio.charset.StandardCharsets;
import java.time.YearMonth;
import java.util.TreeSet;
import java.util.Set;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

import io.wangateway.TestGateway;
import io.wangateway.generation.GenerationId;
import io.wangateway.ledger.BooksTest;
import io.wangateway.ledger.TestBooks;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.servlet.client.RestTestClient.ResponseSpec;

import static org.assertj.core.api.Assertions.assertThat;

/** What finance takes out of the books. */
@BooksTest
class ExportTests {

	@Autowired
	TestBooks books;

	@Autowired
	TestGateway gateway;

	@Autowired
	Entries entries;

	@Autowired
	JdbcClient jdbc;

	private final YearMonth month = TestBooks.month();

	private final YearMonth next = TestBooks.month();

	@BeforeEach
	void standInTheMonth() {
		this.books.standAt(this.month.atDay(10).atTime(23, 30));
	}

	@AfterEach
	void resume() {
		this.books.resume();
	}

	@Test
	void ledgerIsReadPageByPage() {
		TestBooks.Team team = this.books.team();
		this.books.complete(this.books.accept(team), 4);
		this.books.accept(team);
		List<String> read = new ArrayList<>();
		String after = "";
		boolean hasMore = true;
		while (hasMore) {
			JsonNode page = ledger(team, "&limit=2&order=asc" + after);
			page.get("data")
				.forEach(
						(entry) -> read.add(entry.get("kind").stringValue() + " " + entry.get("amount").stringValue()));
			hasMore = page.get("has_more").booleanValue();
			after = "&after=" + page.get("last_id").stringValue();
		}
		assertThat(read).containsExactly("hold 2.50", "charge 2.00", "release 0.50", "hold 2.50");
		assertThat(ledger(team, "").at("/data/0/kind").stringValue()).isEqualTo("hold");
	}

	/** For longer than the ten seconds after which other transactions are ended. */
	@Test
	void callerMayBeSlowToTakeAnExport() {
		TestBooks.Team team = this.books.team();
		this.books.accept(team);
		Instant now = this.month.atDay(10).atTime(23, 30).toInstant(ZoneOffset.ofHours(8));
		Set<String> patience = new TreeSet<>();
		this.entries.each(new Span(now.minusSeconds(60), now.plusSeconds(60), "then"), null, (_) -> patience
			.add(this.jdbc.sql("show idle_in_transaction_session_timeout").query(String.class).single()));
		assertThat(patience).containsExactly("5min");
	}

	/**
	 * From either end, over moments with many entries, days without any, and what was
	 * posted after a look.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "asc", "desc" })
	void pagesHaveEachEntryOnceInTheOrderOfPosting(String order) {
		TestBooks.Team team = this.books.team();
		for (int day : new int[] { 1, 1, 1, 2, 12, 28, 28 }) {
			this.books.standAt(this.month.atDay(day).atTime(0, 0, 0));
			this.books.accept(team);
			this.books.complete(this.books.accept(team), 4);
		}
		this.books.standAt(this.month.atDay(20).atTime(12, 0));
		List<String> read = new ArrayList<>();
		String after = "";
		for (boolean hasMore = true; hasMore;) {
			JsonNode page = ledger(team, "&limit=3&order=" + order + after);
			page.get("data").forEach((entry) -> read.add(entry.get("id").stringValue()));
			hasMore = page.get("has_more").booleanValue();
			after = "&after=" + page.get("last_id").stringValue();
		}
		List<String> posted = csv("/v1/admin/ledger?format=csv&month=%s&team=%s".formatted(this.month, team.id()))
			.stream()
			.skip(1)
			.map((line) -> line.getFirst())
			.toList();
		assertThat(read).hasSize(28).isEqualTo(order.equals("asc") ? posted : posted.reversed());
	}

	@Test
	void placeThatIsNoEntrysIsRefused() {
		this.books.finance(HttpMethod.GET, "/v1/admin/ledger?after=entry_999999999999", null)
			.expectStatus()
			.isBadRequest()
			.expectBody()
			.jsonPath("$.error.param")
			.isEqualTo("after");
	}

	@Test
	void ledgerIsTakenOutWhole() {
		TestBooks.Team team = this.books.team();
		UUID task = this.books.complete(this.books.accept(team), 7);
		List<List<String>> lines = csv("/v1/admin/ledger?format=csv&month=%s&team=%s".formatted(this.month, team.id()));
		assertThat(lines.getFirst()).containsExactly("id", "kind", "team_id", "task_id", "amount", "currency", "month",
				"corrects", "posted_at", "reason", "actor");
		assertThat(lines.subList(1, lines.size()).stream().map((line) -> line.subList(1, line.size()))).containsExactly(
				line("hold", team, task, "2.50", ""), line("charge", team, task, "2.50", ""),
				line("adjustment", team, task, "1.00", "upstream_excess"));
	}

	private List<String> line(String kind, TestBooks.Team team, UUID task, String amount, String reason) {
		return List.of(kind, team.id(), new GenerationId(task).toString(), amount, "CNY", this.month.toString(), "",
				this.month.atDay(10) + "T23:30:00.000+08:00", reason, "");
	}

	@Test
	void chargesAndCorrectionsAreALineEach() {
		TestBooks.Team team = this.books.team();
		UUID task = this.books.complete(this.books.accept(team), 4);
		this.books.fail(this.books.accept(team));
		this.books.accept(team);
		correct(task, "-0.50", "Too dark, \"much\" too dark");
		List<Map<String, String>> lines = lines("/v1/admin/charges?month=%s&team=%s".formatted(this.month, team.id()));
		assertThat(lines).hasSize(2);
		assertThat(lines.getFirst()).containsEntry("kind", "charge")
			.containsEntry("amount", "2.00")
			.containsEntry("seconds_requested", "5")
			.containsEntry("seconds_billed", "4")
			.containsEntry("unit_price", "0.50")
			.containsEntry("resolution", "1080p")
			.containsEntry("audio", "true")
			.containsEntry("explanation", "4 s × ¥0.50 (1080p, with sound, i2v) = ¥2.00")
			.containsEntry("task_id", new GenerationId(task).toString());
		assertThat(lines.getLast()).containsEntry("kind", "adjustment")
			.containsEntry("amount", "-0.50")
			.containsEntry("reason", "Too dark, \"much\" too dark");
	}

	@ParameterizedTest
	@ValueSource(strings = { "=cmd|' /C calc'!A0", "+1", "-1+1", "@SUM(1)", "＝1" })
	void textIsNeverAFormula(String reason) {
		TestBooks.Team team = this.books.team();
		correctTeam(team, "1.00", "x" + reason);
		correctTeam(team, "-1.00", reason);
		List<Map<String, String>> lines = lines("/v1/admin/charges?month=%s&team=%s".formatted(this.month, team.id()));
		assertThat(lines.getFirst()).containsEntry("reason", "x" + reason);
		assertThat(lines.getLast()).containsEntry("reason", "'" + reason).containsEntry("amount", "-1.00");
	}

	@Test
	void byteOrderMarkIsThereOnRequest() {
		String path = "/v1/admin/charges?month=%s".formatted(this.month);
		assertThat(text(path)).startsWith("id,");
		assertThat(text(path + "&bom=true")).startsWith("\uFEFFid,");
	}

	@Test
	void linesEndAsTheStandardSays() {
		assertThat(text("/v1/admin/ledger?format=csv&month=" + this.month)).endsWith("\r\n");
	}

	@Test
	void closedMonthStaysAsItIsWhateverIsRenamedOrPostedLater() {
		TestBooks.Team team = this.books.team();
		UUID task = this.books.complete(this.books.accept(team), 5);
		UUID open = this.books.accept(team);
		this.books.standAt(this.next.atDay(1).atTime(1, 0));
		this.books.finance(HttpMethod.POST, "/v1/admin/periods/%s/close".formatted(this.month), null)
			.expectStatus()
			.isOk();
		List<String> paths = List.of("/v1/admin/charges?month=" + this.month,
				"/v1/admin/charges?format=focus&month=" + this.month, "/v1/admin/ledger?format=csv&month=" + this.month,
				"/v1/admin/ledger?month=" + this.month);
		List<String> before = paths.stream().map(this::text).toList();
		this.gateway.patch(this.gateway.admin(), "/v1/admin/teams/" + team.id(), """
				{"name": "%s", "cost_center": "moved"}""".formatted(TestGateway.name())).expectStatus().isOk();
		this.books.complete(open, 5);
		correct(task, "-1.00", "Too dark");
		assertThat(paths.stream().map(this::text).toList()).isEqualTo(before);
	}

	@Test
	void sandboxCostsNoMoney() {
		String team = this.gateway.team();
		this.gateway.send(this.gateway.sandboxKey(team), HttpMethod.POST, "/v1/videos/generations", TestBooks.VIDEO)
			.expectStatus()
			.isOk();
		assertThat(TestGateway
			.json(this.books.finance(HttpMethod.GET, "/v1/admin/ledger?month=%s&team=%s".formatted(this.month, team),
					null))
			.get("data")
			.isEmpty()).isTrue();
	}

	@Test
	void spanIsFromItsStartToBeforeItsEnd() {
		TestBooks.Team team = this.books.team();
		this.books.complete(this.books.accept(team), 5);
		long at = this.month.atDay(10).atTime(23, 30).toEpochSecond(ZoneOffset.ofHours(8));
		assertThat(charges(team, at, at + 1)).isOne();
		assertThat(charges(team, at - 1, at)).isZero();
		assertThat(charges(team, at + 1, at + 2)).isZero();
	}

	private int charges(TestBooks.Team team, long start, long end) {
		return lines("/v1/admin/charges?start_time=%d&end_time=%d&team=%s".formatted(start, end, team.id())).size();
	}

	@ParameterizedTest
	@CsvSource({ "month=2031-13, month", "month=%2B999999999-12, month", "month=-999999999-01, month",
			"month=0000-01, month", "month=2031-01&start_time=1&end_time=2, month", "start_time=1, end_time",
			"start_time=2&end_time=1, end_time", "format=xlsx, format", "team=7, team", "bom=yes, bom",
			"mnoth=2031-01, mnoth" })
	void wrongParametersAreRefused(String query, String param) {
		for (String path : List.of("/v1/admin/charges?", "/v1/admin/ledger?")) {
			this.books.finance(HttpMethod.GET, path + query, null)
				.expectStatus()
				.isBadRequest()
				.expectBody()
				.jsonPath("$.error.param")
				.isEqualTo(param);
		}
	}

	private JsonNode ledger(TestBooks.Team team, String more) {
		return TestGateway.json(this.books.finance(HttpMethod.GET,
				"/v1/admin/ledger?month=%s&team=%s%s".formatted(this.month, team.id(), more), null));
	}

	private void correct(UUID task, String amount, String reason) {
		adjust("/v1/admin/tasks/%s/adjust".formatted(new GenerationId(task)), """
				{"amount": "%s", "reason": %s}""".formatted(amount, json(reason)));
	}

	private void correctTeam(TestBooks.Team team, String amount, String reason) {
		adjust("/v1/admin/ledger/adjustments", """
				{"team": "%s", "amount": "%s", "reason": %s}""".formatted(team.id(), amount, json(reason)));
	}

	private static String json(String text) {
		return JsonMapper.shared().writeValueAsString(text);
	}

	private void adjust(String path, String body) {
		this.gateway.post(this.gateway.admin(), path, body, UUID.randomUUID().toString()).expectStatus().isOk();
	}

	private List<Map<String, String>> lines(String path) {
		List<List<String>> lines = csv(path);
		List<Map<String, String>> named = new ArrayList<>();
		for (List<String> line : lines.subList(1, lines.size())) {
			assertThat(line).hasSameSizeAs(lines.getFirst());
			Map<String, String> byName = new HashMap<>();
			for (int i = 0; i < line.size(); i++) {
				byName.put(lines.getFirst().get(i), line.get(i));
			}
			named.add(byName);
		}
		return named;
	}

	/** Read lines without line breaks in their cells. */
	private List<List<String>> csv(String path) {
		return Arrays.stream(text(path).split("\r\n")).map(ExportTests::cells).toList();
	}

	private static List<String> cells(String line) {
		return Arrays.stream(line.split(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", -1))
			.map((cell) -> cell.startsWith("\"") ? cell.substring(1, cell.length() - 1).replace("\"\"", "\"") : cell)
			.toList();
	}

	private String text(String path) {
		ResponseSpec answer = this.books.finance(HttpMethod.GET, path, null);
		byte[] body = answer.expectStatus().isOk().expectBody().returnResult().getResponseBodyContent();
		return new String(Objects.requireNonNull(body), StandardCharsets.UTF_8);
	}

}
