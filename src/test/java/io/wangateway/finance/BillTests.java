package io.wangateway.finance;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.UUID;

import io.wangateway.TestGateway;
import io.wangateway.generation.Evidence;
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

/** Alibaba's bill beside what we charged. A video costs ¥2.50. */
@BooksTest
class BillTests {

	@Autowired
	TestBooks books;

	@Autowired
	TestGateway gateway;

	@Autowired
	RestTestClient client;

	@Autowired
	JdbcClient jdbc;

	private final YearMonth month = TestBooks.month();

	private final YearMonth next = TestBooks.month();

	@AfterEach
	void resume() {
		this.books.resume();
	}

	@Test
	void billThatAgreesHasNoDifference() {
		video(10);
		video(10);
		video(11);
		JsonNode compared = put("""
				date,model,amount,seconds
				%1$s-10,wan2.6-i2v-flash,2.50,5
				%1$s-10,wan2.6-i2v-flash,2.50,5
				%1$s-11,wan2.6-i2v-flash,2.5,5
				""".formatted(this.month));
		assertThat(compared.get("ok").booleanValue()).isTrue();
		assertThat(compared.get("billed").stringValue()).isEqualTo("7.50");
		assertThat(compared.get("charged").stringValue()).isEqualTo("7.50");
		assertThat(compared.get("days").size()).isEqualTo(2);
		assertThat(day(compared, 10).get("tasks").intValue()).isEqualTo(2);
		assertThat(day(compared, 10).get("billed_seconds").stringValue()).isEqualTo("10");
		assertThat(day(compared, 10).get("likely_causes").isEmpty()).isTrue();
	}

	@Test
	void checkOfTheMonthShowsTheSame() {
		video(10);
		assertThat(check().has("bill")).isFalse();
		JsonNode compared = put(line(10, "9.00"));
		assertThat(check().get("bill")).isEqualTo(compared);
		assertThat(check().get("ok").booleanValue()).isTrue();
	}

	@Test
	void billThatIsImportedAgainTakesThePlaceOfTheFormer() {
		video(10);
		put(line(10, "9.00"));
		JsonNode compared = put(line(10, "2.50"));
		assertThat(compared.get("ok").booleanValue()).isTrue();
		assertThat(compared.get("lines").intValue()).isOne();
		assertThat(this.jdbc.sql("select action from audit_entry where subject = :month and action = 'bill.import'")
			.param("month", this.month.toString())
			.query(String.class)
			.list()).hasSize(2);
	}

	@ParameterizedTest
	@ValueSource(strings = { "\uFEFFdate,model,amount\r\n%s-10,wan2.6-i2v-flash,2.50\r\n",
			"amount,model,date\n\"2.50\",wan2.6-i2v-flash,%s-10",
			"date,model,amount\n%s-10 23:59:59,wan2.6-i2v-flash,¥2.50",
			"Amount Payable (CNY),Instance ID,Product,Usage Start Time\n2.5000,12xxx;llm-xxx;wan2.6-i2v-flash;video;api,\"Model Studio, all\",%s-10T15:59:59Z",
			"消费时间,实例ID,应付金额（元）,币种,用量\n%s-10 12:00:00,1;ws;WAN2.6-I2V-FLASH;x;api,2.5,人民币,5 秒\n,,合计 2.5,,\n",
			"Alibaba Cloud\n\nDate,Model,Cost Center,Amount\n%s-10,wan2.6-i2v-flash,,2.50" })
	void formIsForgiven(String file) {
		video(10);
		JsonNode compared = put(file.formatted(this.month));
		assertThat(compared.get("billed").stringValue()).isEqualTo("2.50");
		assertThat(compared.get("ok").booleanValue()).isTrue();
	}

	@Test
	void fileMayBeWrittenInAnotherCharset() {
		video(10);
		String file = "日期,模型,金额\n%s-10,wan2.6-i2v-flash,2.50".formatted(this.month);
		bill(file, Charset.forName("GBK"), "text/csv;charset=GBK").expectStatus().isOk();
		bill(file, Charset.forName("GBK"), "text/csv").expectStatus().isBadRequest();
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "", "date,model\n%s-10,wan2.6-i2v-flash", "date,model,amount\n1999-01-01,wan2.6-i2v-flash,1",
					"date,model,amount\nsoon,wan2.6-i2v-flash,1", "date,model,amount\n%s-40,wan2.6-i2v-flash,1",
					"date,model,amount\n%s-10,wan2.6-i2v-flash,much", "date,model,amount\n%s-10,wan2.6-i2v-flash,1e9",
					"date,model,amount,currency\n%s-10,wan2.6-i2v-flash,1,USD" })
	void fileThatIsNoBillOfTheMonthIsRefusedAndChangesNothing(String file) {
		video(10);
		JsonNode before = put(line(10, "2.50"));
		bill(file.formatted(this.month), StandardCharsets.UTF_8, "text/csv").expectStatus().isBadRequest();
		assertThat(check().get("bill")).isEqualTo(before);
	}

	@Test
	void onlyCsvIsTaken() {
		video(10);
		bill("{}", StandardCharsets.UTF_8, "application/json").expectStatus().isEqualTo(415);
	}

	@Test
	void monthMustHaveBegun() {
		this.client.post()
			.uri("/v1/admin/periods/1999-01/bill")
			.header("Authorization", "Bearer " + this.gateway.admin())
			.contentType(MediaType.parseMediaType("text/csv"))
			.body("date,model,amount")
			.exchange()
			.expectStatus()
			.isNotFound();
	}

	@Test
	void taskCountsOnTheDayOnWhichUpstreamEndedIt() {
		LocalDateTime end = this.next.atDay(1).atStartOfDay().minusSeconds(2);
		TestBooks.Team team = this.books.team();
		this.books.standAt(end.minusMinutes(5));
		UUID task = this.books.accept(team);
		start(task);
		this.books.standAt(end.plusSeconds(9));
		this.books.step(task, (generation, now) -> generation.succeed("https://videos.example.com/1",
				this.books.charge(generation, 5), end.toInstant(ZoneOffset.ofHours(8)), now, Evidence.of("test")));
		JsonNode compared = put(line(this.month.lengthOfMonth(), "2.50"));
		assertThat(compared.get("ok").booleanValue()).isTrue();
		assertThat(check().at("/total/ledger").stringValue()).isEqualTo("0.00");
	}

	@Test
	void halfAFenPerLineIsRounding() {
		video(10);
		assertThat(cause(put(line(10, "2.504")), 10)).isEqualTo("[\"rounding\"]");
		assertThat(cause(put(line(10, "2.506")), 10)).isEqualTo("[\"unknown\"]");
	}

	@Test
	void whatIsMissingOnOneDayMayBeOnAnother() {
		video(10);
		video(10);
		JsonNode compared = put(line(10, "2.50") + "%s-11,wan2.6-i2v-flash,2.50\n".formatted(this.month));
		assertThat(cause(compared, 10)).isEqualTo("[\"another_day\"]");
		assertThat(cause(compared, 11)).isEqualTo("[\"another_day\"]");
		assertThat(compared.get("difference").stringValue()).isEqualTo("0.00");
		assertThat(compared.get("ok").booleanValue()).isFalse();
	}

	@Test
	void sameSecondsAtAnotherAmountAreAnotherPrice() {
		video(10);
		assertThat(cause(put("date,model,amount,seconds\n%s-10,wan2.6-i2v-flash,3.00,5".formatted(this.month)), 10))
			.isEqualTo("[\"unit_price\"]");
	}

	@Test
	void lostTaskMayHaveBeenBilled() {
		video(10);
		TestBooks.Team team = this.books.team();
		UUID lost = this.books.accept(team);
		start(lost);
		this.books.step(lost, (generation, now) -> generation.lose("Nobody knows", now, Evidence.of("test")));
		UUID doubted = this.books.accept(team);
		this.books.step(doubted, (generation, now) -> generation.submit(1, now));
		this.books.step(doubted, (generation, now) -> generation.doubt(now, Evidence.of("test"), now));
		// When it was accepted tells the clock of the gateway, which tests of the books
		// leave alone.
		this.jdbc.sql("update generation set created_at = books_now() where id = :id").param("id", doubted).update();
		JsonNode compared = put(line(10, "5.00"));
		assertThat(cause(compared, 10)).isEqualTo("[\"lost_tasks\",\"tasks_in_doubt\"]");
		assertThat(compared.at("/lost/0/held").stringValue()).isEqualTo("2.50");
		assertThat(compared.at("/lost/0/upstream_model").stringValue()).isEqualTo("wan2.6-i2v-flash");
		assertThat(compared.get("in_doubt").size()).isOne();
	}

	@Test
	void upstreamTaskThatNobodyMadeIsShownBeside() {
		video(10);
		this.jdbc.sql("""
				insert into stray_task (upstream_task_id, lane, upstream_created_at, found_at, ended, seconds)
				select :id, name, books_now(), books_now(), 'SUCCEEDED', 5
				  from lane where livemode and upstream_model = 'wan2.6-i2v-flash'""")
			.param("id", "stray-" + this.month)
			.update();
		JsonNode compared = put(line(10, "5.00"));
		assertThat(cause(compared, 10)).isEqualTo("[\"unclaimed_upstream_tasks\"]");
		assertThat(compared.at("/unclaimed/0/upstream_task_id").stringValue()).isEqualTo("stray-" + this.month);
		assertThat(compared.at("/unclaimed/0/seconds").stringValue()).isEqualTo("5");
	}

	@Test
	void whatAlibabaDoesNotBillIsTold() {
		video(10);
		assertThat(cause(put(line(11, "0.00")), 10)).isEqualTo("[\"not_on_the_bill\"]");
	}

	@Test
	void otherModelsAreNoneOfOurs() {
		video(10);
		JsonNode compared = put(line(10, "2.50") + "%s-10,qwen-max,100.00\n".formatted(this.month));
		assertThat(compared.get("ok").booleanValue()).isTrue();
		assertThat(compared.get("other_lines").intValue()).isOne();
		assertThat(compared.get("other_amount").stringValue()).isEqualTo("100.00");
	}

	@Test
	void sandboxIsNeverBilled() {
		video(10);
		this.gateway
			.send(this.gateway.sandboxKey(this.gateway.team()), HttpMethod.POST, "/v1/videos/generations",
					TestBooks.VIDEO)
			.expectStatus()
			.isOk();
		assertThat(put(line(10, "2.50")).get("charged").stringValue()).isEqualTo("2.50");
	}

	/** Have a video made and charged at noon of a day. */
	private void video(int day) {
		this.books.standAt(this.month.atDay(day).atTime(12, 0));
		this.books.complete(this.books.accept(this.books.team()), 5);
	}

	private void start(UUID id) {
		this.books.step(id, (generation, now) -> generation.submit(1, now));
		this.books.step(id, (generation, now) -> generation.accepted("upstream-" + id, now, Evidence.of("test"), now));
	}

	private String line(int day, String amount) {
		return "date,model,amount\n%s-%02d,wan2.6-i2v-flash,%s\n".formatted(this.month, day, amount);
	}

	private JsonNode put(String file) {
		return TestGateway.json(bill(file, StandardCharsets.UTF_8, "text/csv"));
	}

	private ResponseSpec bill(String file, Charset charset, String type) {
		return this.client.post()
			.uri("/v1/admin/periods/%s/bill".formatted(this.month))
			.header("Authorization", "Bearer " + this.gateway.admin())
			.contentType(MediaType.parseMediaType(type))
			.body(file.getBytes(charset))
			.exchange();
	}

	private JsonNode check() {
		return TestGateway
			.json(this.books.finance(HttpMethod.GET, "/v1/admin/periods/%s/check".formatted(this.month), null));
	}

	private JsonNode day(JsonNode compared, int day) {
		return compared.get("days")
			.valueStream()
			.filter((each) -> each.get("day").stringValue().equals(this.month.atDay(day).toString()))
			.findFirst()
			.orElseThrow();
	}

	private String cause(JsonNode compared, int day) {
		return day(compared, day).get("likely_causes").toString();
	}

}
