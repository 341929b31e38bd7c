package io.wangateway.usage;

import java.time.Instant;
import java.util.UUID;

import io.wangateway.GatewayTest;
import io.wangateway.TestGateway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.json.JsonCompareMode;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/** What teams and operators are told about usage, over HTTP. */
@GatewayTest
class UsageReportTests {

	@Autowired
	TestGateway gateway;

	@Autowired
	JdbcClient jdbc;

	PastTasks tasks;

	String team;

	String key;

	@BeforeEach
	void makeTeam(@Autowired TransactionTemplate transaction) {
		this.tasks = new PastTasks(this.jdbc, transaction);
		this.team = this.gateway.team();
		this.key = this.gateway.liveKey(this.team);
	}

	@Test
	void monthOfATeamIsTheSumOfWhatWasSettledInIt() {
		this.tasks.task(this.team, "2026-03-01T00:00:00+08:00").book();
		this.tasks.task(this.team, "2026-03-31T23:59:59.999999+08:00").smallAndSilent().book();
		this.tasks.task(this.team, "2026-03-15T12:00:00+08:00").r2v("7.5").book();
		this.tasks.task(this.team, "2026-03-15T12:00:00+08:00").state("FAILED").book();
		this.tasks.task(this.team, "2026-03-15T12:00:00+08:00").state("CANCELLED").book();
		this.tasks.task(this.team, "2026-02-28T23:59:59.999999+08:00").book();
		this.tasks.task(this.team, "2026-04-01T00:00:00+08:00").book();
		expectUsage("month=2026-03", """
				{"object": "usage.report", "start_time": 1772294400, "end_time": 1774972800, "tz": "Asia/Shanghai",
				 "books": true, "group_by": [], "currency": "CNY",
				 "data": [
				  {"start_time": 1772294400, "end_time": 1774972800, "tasks": 5, "completed": 3, "failed": 1,
				   "cancelled": 1, "seconds_requested": 30, "seconds_billed": "22.5", "gross": "14.00",
				   "released": "6.25", "adjusted": "0.00", "net": "7.75", "held": "0.00"}],
				 "total":
				  {"tasks": 5, "completed": 3, "failed": 1, "cancelled": 1, "seconds_requested": 30,
				   "seconds_billed": "22.5", "gross": "14.00", "released": "6.25", "adjusted": "0.00",
				   "net": "7.75", "held": "0.00"},
				 "has_more": false}""");
	}

	@Test
	void rangeWithoutTasksHasNoRowsButATotal() {
		expectUsage("month=2026-05", """
				{"object": "usage.report", "start_time": 1777564800, "end_time": 1780243200, "tz": "Asia/Shanghai",
				 "books": true, "group_by": [], "currency": "CNY", "data": [],
				 "total":
				  {"tasks": 0, "completed": 0, "failed": 0, "cancelled": 0, "seconds_requested": 0,
				   "seconds_billed": "0", "gross": "0.00", "released": "0.00", "adjusted": "0.00", "net": "0.00",
				   "held": "0.00"},
				 "has_more": false}""");
	}

	@Test
	void correctionsThatMakeUpForEachOtherAreNoRow() {
		this.tasks.adjust(this.team, null, "2026-06-01T10:00:00+08:00", "1");
		this.tasks.adjust(this.team, null, "2026-06-02T10:00:00+08:00", "-1");
		assertThat(usage("month=2026-06").get("data")).isEmpty();
		assertThat(usage("month=2026-06&bucket_width=1d").get("data")).hasSize(2);
	}

	@Test
	void rowsAreTheBucketsAndGroupsAskedFor() {
		this.tasks.task(this.team, "2026-03-01T10:00:00+08:00").book();
		this.tasks.task(this.team, "2026-03-01T11:00:00+08:00").book();
		this.tasks.task(this.team, "2026-03-01T11:00:00+08:00").smallAndSilent().book();
		this.tasks.task(this.team, "2026-03-03T11:00:00+08:00").r2v("10").book();
		JsonNode report = usage("month=2026-03&bucket_width=1d&group_by=mode,resolution,audio");
		assertThat(report.get("bucket_width").stringValue()).isEqualTo("1d");
		assertThat(report.get("data").valueStream().map(UsageReportTests::summary)).containsExactly(
				"1772294400 i2v 1080p true 2 5.00", "1772294400 i2v 720p false 1 1.50",
				"1772467200 r2v 1080p true 1 5.00");
		assertThat(report.at("/total/net").stringValue()).isEqualTo("11.50");
	}

	private static String summary(JsonNode row) {
		return String.join(" ", row.get("start_time").asString(), row.get("mode").stringValue(),
				row.get("resolution").stringValue(), row.get("audio").asString(), row.get("tasks").asString(),
				row.get("net").stringValue());
	}

	@ParameterizedTest
	@CsvSource({ "UTC, 1772323200, false", "Asia/Kathmandu, 1772302500, false", "Asia/Shanghai, 1772294400, true",
			"America/St_Johns, 1772335800, false" })
	void daysAreCutInTheZoneAskedFor(String zone, long midnight, boolean books) {
		Instant start = Instant.ofEpochSecond(midnight);
		this.tasks.task(this.team, start.minusMillis(1).toString()).book();
		this.tasks.task(this.team, start.toString()).book();
		JsonNode report = usage("month=2026-03&bucket_width=1d&tz=" + zone);
		assertThat(report.get("books").booleanValue()).isEqualTo(books);
		assertThat(report.get("data")).hasSize(1);
		assertThat(report.at("/data/0/start_time").longValue()).isEqualTo(midnight);
		assertThat(report.at("/data/0/tasks").intValue()).isEqualTo(1);
	}

	@Test
	void hoursOfADayInWhichTheClockGoesBackAreTwentyFive() {
		this.tasks.task(this.team, "2026-10-25T02:30:00+02:00").book();
		this.tasks.task(this.team, "2026-10-25T02:30:00+01:00").book();
		JsonNode report = usage("start_time=1792879200&end_time=1792969200&bucket_width=1h&tz=Europe/Berlin");
		assertThat(report.get("data").valueStream().map((row) -> row.get("start_time").longValue()))
			.containsExactly(1792886400L, 1792890000L);
	}

	@Test
	void firstAndLastBucketEndWithTheRange() {
		this.tasks.task(this.team, "2026-03-01T10:30:00+08:00").book();
		JsonNode report = usage("start_time=1772330400&end_time=1772335800&bucket_width=1d");
		assertThat(report.at("/data/0/start_time").longValue()).isEqualTo(1772330400);
		assertThat(report.at("/data/0/end_time").longValue()).isEqualTo(1772335800);
	}

	@Test
	void whatIsHeldIsShownBesideWhatIsSettled() {
		this.tasks.task(this.team, "2026-03-01T10:00:00+08:00").book();
		this.tasks.task(this.team, "2026-03-01T10:00:00+08:00").state("RUNNING").r2v("5").book();
		this.tasks.task(this.team, "2026-03-02T10:00:00+08:00").state("LOST").book();
		JsonNode report = usage("month=2026-03&bucket_width=1d&group_by=mode");
		assertThat(report.at("/total/tasks").intValue()).isEqualTo(1);
		assertThat(report.at("/total/net").stringValue()).isEqualTo("2.50");
		assertThat(report.at("/total/held").stringValue()).isEqualTo("7.50");
		assertThat(report.at("/data/0/held").stringValue()).isEqualTo("0.00");
		assertThat(report.at("/data/1/start_time").longValue()).isEqualTo(1774886400);
		assertThat(report.at("/data/1/held").stringValue()).isEqualTo("2.50");
		assertThat(report.at("/data/2/held").stringValue()).isEqualTo("5.00");
	}

	@Test
	void correctionsCountWhenTheyWerePosted() {
		UUID task = this.tasks.task(this.team, "2026-03-10T10:00:00+08:00").book();
		this.tasks.adjust(this.team, task, "2026-04-02T10:00:00+08:00", "-2.50");
		this.tasks.adjust(this.team, null, "2026-04-02T10:00:00+08:00", "-0.00000001");
		assertThat(usage("month=2026-03").at("/total/net").stringValue()).isEqualTo("2.50");
		JsonNode april = usage("month=2026-04&group_by=mode");
		assertThat(april.at("/data/0/mode").isMissingNode()).isTrue();
		assertThat(april.at("/data/0/net").stringValue()).isEqualTo("-0.00000001");
		assertThat(april.at("/data/1/mode").stringValue()).isEqualTo("i2v");
		assertThat(april.at("/data/1/adjusted").stringValue()).isEqualTo("-2.50");
		assertThat(april.at("/total/net").stringValue()).isEqualTo("-2.50000001");
		assertThat(april.at("/total/tasks").intValue()).isZero();
	}

	@Test
	void lostTaskCountsWhenItIsWrittenOff() {
		UUID task = this.tasks.task(this.team, "2026-03-10T10:00:00+08:00").state("LOST").book();
		this.jdbc.sql("update generation set charged = 1 where id = :id").param("id", task).update();
		this.jdbc.sql("""
				insert into ledger_entry (generation_id, team_id, livemode, kind, amount, month, posted_at)
				select id, team_id, livemode, kind, amount, '2026-04-01', '2026-04-03T00:00:00Z'
				  from generation, (values ('charge', 1.0), ('release', 1.5)) entry (kind, amount) where id = :id""")
			.param("id", task)
			.update();
		this.jdbc.sql("""
				update account a set held = held - 2.5
				  from generation g
				 where g.id = :id and a.team_id = g.team_id and a.livemode = g.livemode""").param("id", task).update();
		assertThat(usage("month=2026-03").at("/total/tasks").intValue()).isZero();
		JsonNode total = usage("month=2026-04").get("total");
		assertThat(total.get("failed").intValue()).isEqualTo(1);
		assertThat(total.get("net").stringValue()).isEqualTo("1.00");
		assertThat(total.get("released").stringValue()).isEqualTo("1.50");
		assertThat(total.get("held").stringValue()).isEqualTo("0.00");
	}

	@Test
	void filtersNarrowTheReport() {
		this.tasks.task(this.team, "2026-03-01T10:00:00+08:00").label("project", "trailer").book();
		this.tasks.task(this.team, "2026-03-01T10:00:00+08:00").label("project", "teaser").smallAndSilent().book();
		this.tasks.task(this.team, "2026-03-01T10:00:00+08:00").r2v("5").book();
		assertThat(net("month=2026-03&mode=r2v")).isEqualTo("2.50");
		assertThat(net("month=2026-03&audio=false")).isEqualTo("1.50");
		assertThat(net("month=2026-03&audio=true&mode=i2v&resolution=1080p&model=wan2.6-flash")).isEqualTo("2.50");
		assertThat(net("month=2026-03&label:project=teaser")).isEqualTo("1.50");
		assertThat(net("month=2026-03&label:project=teaser&mode=r2v")).isEqualTo("0.00");
	}

	@Test
	void tasksAreGroupedByALabelAndByItsAbsence() {
		this.tasks.task(this.team, "2026-03-01T10:00:00+08:00").label("project", "teaser").book();
		this.tasks.task(this.team, "2026-03-01T10:00:00+08:00").label("project", "").book();
		this.tasks.task(this.team, "2026-03-01T10:00:00+08:00").label("stage", "draft").smallAndSilent().book();
		JsonNode data = usage("month=2026-03&group_by=label:project").get("data");
		assertThat(data).hasSize(3);
		assertThat(data.at("/0/label:project").isMissingNode()).isTrue();
		assertThat(data.at("/0/net").stringValue()).isEqualTo("1.50");
		assertThat(data.at("/1/label:project").stringValue()).isEmpty();
		assertThat(data.at("/2/label:project").stringValue()).isEqualTo("teaser");
	}

	@Test
	void correctionsThatAreAboutNoTaskAreOfNoKeyWhosever() {
		String other = this.gateway.team();
		this.gateway.liveKey(other);
		this.tasks.adjust(this.team, null, "2025-05-02T10:00:00+08:00", "-1");
		this.tasks.adjust(other, null, "2025-05-03T10:00:00+08:00", "-2");
		JsonNode rows = usage(this.gateway.operator("ops"), "/v1/admin/usage?month=2025-05&group_by=api_key")
			.get("data");
		assertThat(rows).hasSize(1);
		assertThat(rows.get(0).has("api_key")).isFalse();
		assertThat(rows.get(0).get("adjusted").stringValue()).isEqualTo("-3.00");
	}

	@Test
	void pagesJoinWithoutGapOrOverlap() {
		for (int day = 1; day <= 7; day++) {
			this.tasks.task(this.team, "2026-03-0%dT10:00:00+08:00".formatted(day)).book();
			this.tasks.task(this.team, "2026-03-0%dT10:00:00+08:00".formatted(day)).r2v("5").book();
		}
		String query = "month=2026-03&bucket_width=1d&group_by=mode,audio&limit=4";
		StringBuilder rows = new StringBuilder();
		JsonNode page = usage(query);
		int pages = 1;
		while (page.get("has_more").booleanValue()) {
			page.get("data").forEach((row) -> rows.append(row.get("mode").stringValue()));
			page = usage(query + "&after=" + page.get("last_id").stringValue());
			assertThat(page.at("/total/tasks").intValue()).isEqualTo(14);
			pages++;
		}
		page.get("data").forEach((row) -> rows.append(row.get("mode").stringValue()));
		assertThat(rows.toString()).isEqualTo("i2vr2v".repeat(7));
		assertThat(pages).isEqualTo(4);
	}

	@Test
	void sandboxKeySeesTheSandboxOnlyAndOperatorsNever() {
		this.gateway.sandboxKey(this.team);
		this.tasks.task(this.team, "2026-03-01T10:00:00+08:00").sandbox().book();
		this.tasks.task(this.team, "2026-03-01T10:00:00+08:00").smallAndSilent().book();
		assertThat(net("month=2026-03")).isEqualTo("1.50");
		assertThat(usage(this.gateway.sandboxKey(this.team), "/v1/usage?month=2026-03").at("/total/net").stringValue())
			.isEqualTo("2.50");
		assertThat(usage(this.gateway.operator("finance"), "/v1/admin/usage?month=2026-03&team=" + this.team)
			.at("/total/net")
			.stringValue()).isEqualTo("1.50");
	}

	@Test
	void operatorsSeeAllTeamsByName() {
		String other = this.gateway.team();
		this.gateway.liveKey(other);
		this.tasks.task(this.team, "2025-07-01T10:00:00+08:00").book();
		this.tasks.task(other, "2025-07-01T11:00:00+08:00").smallAndSilent().book();
		JsonNode report = usage(this.gateway.operator("ops"), "/v1/admin/usage?month=2025-07&group_by=team");
		assertThat(report.at("/data/0/team/id").stringValue()).isEqualTo(this.team);
		assertThat(report.at("/data/0/team/name").stringValue()).startsWith("test ");
		assertThat(report.at("/data/0/net").stringValue()).isEqualTo("2.50");
		assertThat(report.at("/data/1/team/id").stringValue()).isEqualTo(other);
		assertThat(report.at("/total/net").stringValue()).isEqualTo("4.00");
	}

	@Test
	void teamSeesNothingOfOthers() {
		String other = this.gateway.team();
		this.gateway.liveKey(other);
		this.tasks.task(other, "2026-03-01T11:00:00+08:00").book();
		assertThat(usage("month=2026-03&group_by=api_key").get("data")).isEmpty();
		this.gateway.get(this.key, "/v1/usage?team=" + other).expectStatus().isBadRequest();
		this.gateway.get(this.key, "/v1/admin/usage").expectStatus().isForbidden();
	}

	@Test
	void keysAreToldApart() {
		this.gateway.liveKey(this.team);
		int second = this.jdbc.sql("select max(id) from api_key").query(Integer.class).single();
		this.tasks.task(this.team, "2026-03-01T10:00:00+08:00").book();
		this.tasks.task(this.team, "2026-03-01T10:00:00+08:00").smallAndSilent().with(second).book();
		JsonNode data = usage("month=2026-03&group_by=api_key").get("data");
		assertThat(data).hasSize(2);
		assertThat(data.at("/1/api_key").toString()).isEqualTo("""
				{"id":"key_%d","name":"test"}""".formatted(second));
		assertThat(net("month=2026-03&api_key=key_" + second)).isEqualTo("1.50");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					month=2026-13                    | month must be a month from 2020-01 to 2099-12 (was 2026-13)
					start_time=1772294400            | start_time and end_time must be given together
					start_time=1772294400&end_time=1772294400 | end_time must be later than start_time (was 1772294400)
					start_time=yesterday&end_time=1772294400 | start_time must be a time in whole Unix seconds from 1577836800 to 4102444800 (was yesterday)
					month=2026-03&start_time=1772294400&end_time=1772294401 | month can't be combined with start_time and end_time
					tz=Mars/Olympus                  | tz must be the name of an IANA time zone, such as Asia/Shanghai or UTC (was Mars/Olympus)
					tz=%2B08:00                      | tz must be the name of an IANA time zone, such as Asia/Shanghai or UTC (was +08:00)
					bucket_width=1w                  | bucket_width must be one of 1h, 1d, 1mo (was 1w)
					bucket_width=1h&start_time=1577836800&end_time=1772294400 | A report has at most 1000 buckets, and buckets of 1h are more
					group_by=colour                  | group_by must be some of api_key, model, mode, resolution, audio, label:project, with commas between them, each once, and one label (was colour)
					group_by=team                    | group_by must be some of api_key, model, mode, resolution, audio, label:project, with commas between them, each once, and one label (was team)
					group_by=mode,mode               | group_by must be some of api_key, model, mode, resolution, audio, label:project, with commas between them, each once, and one label (was mode,mode)
					group_by=label:a,label:b         | group_by must be some of api_key, model, mode, resolution, audio, label:project, with commas between them, each once, and one label (was label:a,label:b)
					mode=v2v                         | mode must be one of t2v, i2v, r2v (was v2v)
					resolution=480p                  | resolution must be one of 720p, 1080p (was 480p)
					audio=yes                        | audio must be one of true, false (was yes)
					model=sora                       | model must be one of wan2.6-flash, wan2.6 (was sora)
					api_key=7                        | api_key must be the id of a key, such as key_7 (was 7)
					limit=0                          | limit must be a whole number from 1 to 1000 (was 0)
					after=0                          | after must be the last_id of the page before (was 0)
					after=x                          | after must be the last_id of the page before (was x)
					group_by=api_key&after=1.eA      | after must be the last_id of the page before (was 1.eA)
					group_by=label:project&start_time=1772294400&end_time=1775059200 | A report by label spans at most 31 days
					label:%20=x                      | A label's name has 1 to 64 of the characters A-Z a-z 0-9 . _ -
					""")
	void wrongQueryIsToldWhatIsAllowed(String query, String message) {
		this.gateway.get(this.key, "/v1/usage?" + query)
			.expectStatus()
			.isBadRequest()
			.expectBody()
			.jsonPath("$.error.code")
			.isEqualTo("invalid_request")
			.jsonPath("$.error.message")
			.isEqualTo(message);
	}

	@Test
	void allThatIsWrongIsToldAtOnce() {
		this.gateway.get(this.key, "/v1/usage?tz=x&mode=x&limit=x")
			.expectStatus()
			.isBadRequest()
			.expectBody()
			.jsonPath("$.error.errors[*].param")
			.value((params) -> assertThat(params).asString().contains("tz", "mode", "limit"));
	}

	private void expectUsage(String query, String json) {
		this.gateway.get(this.key, "/v1/usage?" + query)
			.expectStatus()
			.isOk()
			.expectBody()
			.json(json, JsonCompareMode.STRICT);
	}

	private String net(String query) {
		return usage(query).at("/total/net").stringValue();
	}

	private JsonNode usage(String query) {
		return usage(this.key, "/v1/usage?" + query);
	}

	private JsonNode usage(String key, String path) {
		return TestGateway.json(this.gateway.get(key, path));
	}

}
