package io.wangateway.finance;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

import io.wangateway.TestGateway;
import io.wangateway.generation.GenerationId;
import io.wangateway.ledger.BooksTest;
import io.wangateway.ledger.TestBooks;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What cost tools read of the books: FOCUS 1.2. */
@BooksTest
class FocusTests {

	@Autowired
	TestBooks books;

	@Autowired
	TestGateway gateway;

	@Autowired
	JdbcClient jdbc;

	private final YearMonth month = TestBooks.month();

	private final YearMonth next = TestBooks.month();

	private TestBooks.Team team;

	/** Charged at its hold, with an excess, and corrected in the month after. */
	private UUID task;

	@BeforeEach
	void spend() {
		this.team = this.books.team();
		this.books.standAt(this.month.atDay(10).atTime(23, 30));
		this.task = this.books.complete(accept("""
				{"model": "wan2.6-flash", "metadata": {"reference_urls": ["https://media.example.com/a.mp4"]},
				 "labels": {"project": "=a, \\"b\\""}}"""), 12);
		this.books.complete(this.books.accept(this.team), 4);
		adjust("/v1/admin/tasks/%s/adjust".formatted(new GenerationId(this.task)), "-0.50", "Too dark");
		adjustTeam("3.00", "-, none");
		this.books.standAt(this.next.atDay(3).atTime(0, 15));
		adjust("/v1/admin/tasks/%s/adjust".formatted(new GenerationId(this.task)), "-0.25", "Still too dark");
		adjustTeam("-1.00", "Goodwill");
	}

	@AfterEach
	void resume() {
		this.books.resume();
	}

	@Test
	void everyLineKeepsEveryRule() {
		List<Map<String, String>> lines = all();
		assertThat(lines.stream().map((line) -> line.get("ChargeCategory"))).containsExactly("Usage", "Adjustment",
				"Usage", "Adjustment", "Adjustment", "Adjustment", "Adjustment");
		assertThat(lines).allSatisfy((line) -> assertThat(FocusRules.broken(line)).as(line.toString()).isEmpty());
	}

	@Test
	void columnsAreThereAndOursComeLast() {
		List<String> columns = new ArrayList<>(lines(this.month).getFirst().keySet());
		assertThat(columns).containsAll(FocusRules.REQUIRED).doesNotHaveDuplicates();
		assertThat(columns).allMatch((column) -> column.matches("(x_)?[A-Z][A-Za-z]{1,49}"));
		int standard = (int) columns.stream().filter((column) -> !column.startsWith("x_")).count();
		assertThat(columns.subList(0, standard)).noneMatch((column) -> column.startsWith("x_"));
	}

	/** Otherwise a rule could be one that nothing breaks. */
	@Test
	void everyRuleIsBrokenByALineThatIsWrong() {
		Set<String> broken = new TreeSet<>();
		for (Map<String, String> line : all()) {
			assertThat(FocusRules.broken(line)).isEmpty();
			for (String column : line.keySet()) {
				for (String wrong : List.of("", "-1", "+1", "1e3", "¥1", "1,000", "0", "x", "n/a", "{\"a\":{}}", "[1]",
						"{", "Correction", "2031-01-01", "2029-01-01T00:00:00Z", "2099-01-01T00:00:00Z",
						line.get("x_PriceId") + ".")) {
					Map<String, String> changed = new HashMap<>(line);
					changed.put(column, wrong);
					broken.addAll(FocusRules.broken(changed));
				}
			}
		}
		assertThat(broken).containsAll(FocusRules.all());
	}

	@Test
	void usageIsPricedByTheSecondAndTheExcessIsAnAdjustment() {
		Map<String, String> usage = lines(this.month).getFirst();
		assertThat(usage).containsEntry("BilledCost", "5.00")
			.containsEntry("PricingQuantity", "10")
			.containsEntry("ListUnitPrice", "0.50")
			.containsEntry("ChargeFrequency", "Usage-Based")
			.containsEntry("SkuId", "wan2.6-flash/r2v/1080p/sound")
			.containsEntry("SubAccountId", this.team.id())
			.containsEntry("ResourceId", new GenerationId(this.task).toString())
			.containsEntry("BillingPeriodStart", this.month.minusMonths(1).atEndOfMonth() + "T16:00:00Z")
			.containsEntry("BillingPeriodEnd", this.month.atEndOfMonth() + "T16:00:00Z")
			.containsEntry("ChargePeriodStart", this.month.atDay(10) + "T15:00:00Z")
			.containsEntry("ChargePeriodEnd", this.month.atDay(10) + "T16:00:00Z");
		assertThat(JsonMapper.shared().readTree(usage.get("SkuPriceDetails")))
			.isEqualTo(JsonMapper.shared().readTree("""
					{"Model": "wan2.6-flash", "Mode": "r2v", "Resolution": "1080p", "Audio": true}"""));
		assertThat(lines(this.month).get(1)).containsEntry("BilledCost", "1.00")
			.containsEntry("ChargeDescription", "upstream_excess")
			.containsEntry("ChargeFrequency", "One-Time")
			.containsEntry("PricingQuantity", "");
	}

	@Test
	void onlyWhatIsAboutAnEarlierMonthIsACorrection() {
		assertThat(lines(this.month)).allSatisfy((line) -> assertThat(line).containsEntry("ChargeClass", ""));
		assertThat(lines(this.next).getFirst()).containsEntry("ChargeClass", "Correction")
			.containsEntry("BilledCost", "-0.25");
		assertThat(lines(this.next).getLast()).containsEntry("ChargeClass", "");
	}

	/** Tools follow a price by its id, so that it must outlive each single price. */
	@Test
	void idOfThePriceStaysWhenThePriceChanges() {
		Map<String, String> before = lines(this.month).get(2);
		TestGateway.json(this.books.finance(HttpMethod.POST, "/v1/admin/prices",
				"""
						{"model": "wan2.6-flash", "mode": "i2v", "resolution": "1080p", "audio": true, "unit_price": "0.50"}"""));
		UUID later = await().until(() -> this.books.accept(this.team),
				(id) -> !before.get("x_PriceId").equals(price(id)));
		this.books.complete(later, 4);
		Map<String, String> after = lines(this.next).getLast();
		assertThat(after.get("x_PriceId")).isNotEqualTo(before.get("x_PriceId"));
		assertThat(after).containsEntry("SkuPriceId", before.get("SkuPriceId"));
	}

	private String price(UUID id) {
		return "price_" + this.jdbc.sql("select price_id from generation where id = :id")
			.param("id", id)
			.query(Integer.class)
			.single();
	}

	@Test
	void tagsAreTheTeamsOwnWords() {
		assertThat(JsonMapper.shared().readTree(lines(this.month).getFirst().get("Tags")).get("project").stringValue())
			.isEqualTo("=a, \"b\"");
	}

	private UUID accept(String request) {
		return GenerationId
			.parse(TestGateway.json(this.gateway.post(this.team.key(), "/v1/videos/generations", request))
				.get("id")
				.stringValue())
			.orElseThrow()
			.value();
	}

	private void adjustTeam(String amount, String reason) {
		adjust("/v1/admin/ledger/adjustments", amount, reason);
	}

	private void adjust(String path, String amount, String reason) {
		String team = path.endsWith("adjustments") ? "\"team\": \"%s\", ".formatted(this.team.id()) : "";
		this.gateway.post(this.gateway.admin(), path, """
				{%s"amount": "%s", "reason": "%s"}""".formatted(team, amount, reason), UUID.randomUUID().toString())
			.expectStatus()
			.isOk();
	}

	private List<Map<String, String>> all() {
		List<Map<String, String>> lines = new ArrayList<>(lines(this.month));
		lines.addAll(lines(this.next));
		return lines;
	}

	private List<Map<String, String>> lines(YearMonth of) {
		byte[] file = this.books
			.finance(HttpMethod.GET, "/v1/admin/charges?format=focus&month=%s&team=%s".formatted(of, this.team.id()),
					null)
			.expectStatus()
			.isOk()
			.expectBody()
			.returnResult()
			.getResponseBodyContent();
		try {
			CsvReader csv = new CsvReader(
					new StringReader(new String(Objects.requireNonNull(file), StandardCharsets.UTF_8)));
			List<String> columns = Objects.requireNonNull(csv.read());
			List<Map<String, String>> lines = new ArrayList<>();
			for (List<String> cells = csv.read(); cells != null; cells = csv.read()) {
				assertThat(cells).hasSameSizeAs(columns);
				Map<String, String> line = new LinkedHashMap<>();
				for (int i = 0; i < cells.size(); i++) {
					line.put(columns.get(i), cells.get(i));
				}
				lines.add(line);
			}
			return lines;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
