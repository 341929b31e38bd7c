package io.wangateway.usage;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.wangateway.GatewayTest;
import io.wangateway.TestDatabase;
import io.wangateway.TestGateway;
import io.wangateway.ledger.Books;
import io.wangateway.team.KeyId;
import io.wangateway.team.TeamId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/** The sums that reports are put together from. */
@GatewayTest
class UsageSumsTests {

	private static final Range YEAR = new Range(Instant.parse("2025-01-01T00:00:00Z"),
			Instant.parse("2026-06-01T00:00:00Z"));

	@Autowired
	TestGateway gateway;

	@Autowired
	UsageSumming summing;

	@Autowired
	UsageSums sums;

	@Autowired
	Books books;

	@Autowired
	JdbcClient jdbc;

	@Autowired
	TransactionTemplate transaction;

	PastTasks tasks;

	String team;

	String key;

	String secondKey;

	@BeforeEach
	void makeTeam() {
		this.tasks = new PastTasks(this.jdbc, this.transaction);
		this.team = this.gateway.team();
		this.key = this.gateway.liveKey(this.team);
		this.secondKey = this.gateway.key(this.team, true).get("id").stringValue();
	}

	@Test
	void reportsAreTheSameWithSumsAndWithoutThem() {
		book(new Random(20261122), 300);
		List<String> queries = List.of("month=2026-02", "month=2026-02&tz=UTC&bucket_width=1d",
				"month=2026-02&tz=Asia/Kathmandu&bucket_width=1d&group_by=mode",
				"start_time=1767196800&end_time=1774972800&bucket_width=1mo&group_by=api_key,mode,resolution,audio",
				"start_time=1768000000&end_time=1773000001&group_by=api_key",
				"start_time=1768000000&end_time=1771000000&bucket_width=1h",
				"start_time=1768000000&end_time=1771000000&bucket_width=1h&group_by=audio&limit=50",
				"start_time=1768000000&end_time=1771000000&bucket_width=1d&mode=r2v&tz=America/St_Johns",
				"month=2026-01&group_by=label:project&bucket_width=1d", "month=2026-01&label:project=p3",
				"start_time=1768000000&end_time=1770000000&bucket_width=1h&group_by=label:project",
				"month=2026-01&tz=America/New_York&group_by=label:project&bucket_width=1d",
				"month=2026-01&tz=America/New_York&group_by=api_key,mode,resolution,audio",
				"start_time=1768000000&end_time=1773000001&group_by=resolution&bucket_width=1mo&tz=Europe/London",
				"start_time=1768000000&end_time=1773000001&bucket_width=1mo&tz=America/New_York",
				"month=2026-01&group_by=label:project,mode", "month=2026-01&group_by=label:project,api_key",
				"start_time=1768000000&end_time=1770500001&group_by=label:project,api_key,mode",
				"start_time=1768000000&end_time=1770500001&group_by=label:project,audio,mode",
				"month=2026-02&group_by=label:project,resolution",
				"start_time=1768000000&end_time=1771000000&bucket_width=1h&group_by=mode,resolution&limit=50");
		expectTheSameWithoutSums(queries);
		assertThat(this.sums.summed().until()).isAfter(YEAR.end());
		assertThat(this.sums.differing(YEAR)).isEmpty();
	}

	@Test
	void whateverIsAskedForIsTheSameWithSumsAndWithoutThem() {
		Random random = new Random(20261128);
		book(random, 300);
		expectTheSameWithoutSums(Stream.generate(() -> anything(random)).limit(150).toList());
	}

	@Test
	void reportsAreTheSameHoweverManyLabelsThereAre() {
		Random random = new Random(20261129);
		book(random, 100);
		this.summing.catchUp();
		List<String> queries = Stream.generate(() -> anything(random))
			.filter((query) -> query.contains("label:"))
			.limit(40)
			.toList();
		List<String> ofFew = queries.stream().map(this::report).toList();
		this.jdbc.sql(
				"insert into label_set (labels) select jsonb_build_object('ticket', n) from generate_series(1, 2001) n")
			.update();
		try {
			forgetAll();
			this.summing.catchUp();
			assertThat(this.jdbc
				.sql("select count(*) from usage_sum where level in ('month_to_date_by_all', 'rest_of_month_by_all')")
				.query(Integer.class)
				.single()).isZero();
			assertThat(queries.stream().map(this::report)).containsExactlyElementsOf(ofFew);
			assertThat(this.sums.differing(YEAR)).isEmpty();
		}
		finally {
			this.jdbc.sql("delete from label_set where labels ->> 'ticket' is not null").update();
			forgetAll();
		}
	}

	@Test
	void partsOfMonthsAreAddedUpFromTheFirstOnThatHasMany() {
		book(new Random(20261131), 100);
		forgetAll();
		this.jdbc.sql("update usage_summed set parts_from = null").update();
		UsageSums soonMany = new UsageSums(this.jdbc, new SummedMark(this.jdbc), this.books, 20);
		while (Boolean.TRUE.equals(this.transaction.execute((_) -> soonMany.advance()))) {
			assertThat(this.sums.summed().partsFrom()).isAfterOrEqualTo(YEAR.start());
		}
		Instant from = this.sums.summed().partsFrom();
		assertThat(from).isEqualTo(Grain.MONTH.floor(from, this.books.zone())).isBefore(YEAR.end());
		assertThat(this.jdbc.sql("select min(at) from usage_sum where level::text like '%to_date%'")
			.query(OffsetDateTime.class)
			.single()).isAfter(from.atOffset(ZoneOffset.UTC));
		assertThat(this.sums.differing(YEAR)).isEmpty();
	}

	@Test
	void reportByLabelHasARowThoughNoTaskEverHadLabels(@Autowired UsageQueryReader reader,
			@Autowired UsageReports reports) {
		this.tasks.task(this.team, "2026-01-10T10:00:00+08:00").book();
		this.summing.catchUp();
		UsageQuery query = reader.read(TeamId.of(this.team), true,
				Map.of("month", "2026-01", "group_by", "label:project"));
		UsageReport report = this.transaction.execute((status) -> {
			status.setRollbackOnly();
			this.jdbc.sql("delete from label_set_team").update();
			this.jdbc.sql("delete from label_set").update();
			return reports.report(query);
		});
		assertThat(report.data()).singleElement().satisfies((row) -> {
			assertThat(row.group()).isEmpty();
			assertThat(row.figures().tasks()).isOne();
		});
	}

	@Test
	void pagesOfAReportJoinToWhatItIsAtOnce() {
		Random random = new Random(20261130);
		book(random, 60);
		makeTeam();
		book(random, 60);
		this.summing.catchUp();
		Stream.generate(() -> anything(random, "team", "api_key", "mode", "audio", "label:project"))
			.filter((query) -> query.contains("group_by"))
			.limit(60)
			.forEach((query) -> expectPages(query, 1 + random.nextInt(9)));
	}

	private void expectPages(String query, int limit) {
		JsonNode whole = ofAll(query);
		List<JsonNode> rows = new ArrayList<>();
		JsonNode page = ofAll(query + "&limit=" + limit);
		page.get("data").forEach(rows::add);
		while (page.get("has_more").booleanValue()) {
			page = ofAll(query + "&limit=" + limit + "&after=" + page.get("last_id").stringValue());
			page.get("data").forEach(rows::add);
			assertThat(page.get("total")).isEqualTo(whole.get("total"));
		}
		assertThat(rows).as(query).containsExactlyElementsOf(whole.get("data"));
	}

	private JsonNode ofAll(String query) {
		return TestGateway.json(this.gateway.get(this.gateway.admin(), "/v1/admin/usage?" + query));
	}

	private String anything(Random random) {
		return anything(random, "api_key", "mode", "resolution", "audio", "label:project");
	}

	/** Return any report of at most 31 days, as odd as they come. */
	private String anything(Random random, String... dimensions) {
		long start = 1767196800 + random.nextInt(86 * 96) * 900L + oneOf(random, 0, 0, random.nextInt(900));
		long length = oneOf(random, 900 * (1 + random.nextInt(200)), 86_400 * (1 + random.nextInt(31)),
				1 + random.nextInt(31 * 86_400));
		List<String> grouping = Stream.of(dimensions)
			.filter((_) -> random.nextInt(3) == 0)
			.collect(Collectors.toCollection(ArrayList::new));
		Collections.shuffle(grouping, random);
		String groups = String.join(",", grouping);
		String filters = Stream
			.of("&api_key=" + this.secondKey, "&mode=r2v", "&resolution=720p", "&audio=true", "&label:project=p3",
					"&label:other=x")
			.filter((_) -> random.nextInt(8) == 0)
			.collect(Collectors.joining());
		return "start_time=%d&end_time=%d%s%s%s%s".formatted(start, start + length,
				groups.isEmpty() ? "" : "&group_by=" + groups, filters,
				oneOf(random, "", "&bucket_width=1h", "&bucket_width=1d", "&bucket_width=1mo"),
				oneOf(random, "", "&tz=UTC", "&tz=America/New_York", "&tz=Asia/Kathmandu", "&tz=Australia/Lord_Howe"));
	}

	@SafeVarargs
	private static <T> T oneOf(Random random, T... values) {
		return values[random.nextInt(values.length)];
	}

	@Test
	void reportsOfThePresentAreTheSameWithSumsAndWithoutThem() {
		Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
		Random random = new Random(20261127);
		for (int i = 0; i < 200; i++) {
			OffsetDateTime settled = now.minusSeconds(60 + random.nextInt(45 * 86_400)).atOffset(ZoneOffset.UTC);
			book(random, settled, settled.plusSeconds(30));
		}
		String month = YearMonth.now(ZoneId.of("Asia/Shanghai")).minusMonths(1).toString();
		String days = "start_time=%d&end_time=%d".formatted(now.minus(30, ChronoUnit.DAYS).getEpochSecond(),
				now.getEpochSecond());
		expectTheSameWithoutSums(List.of("group_by=mode", "group_by=label:project,api_key,mode",
				"group_by=api_key&tz=America/New_York",
				"month=" + month + "&tz=America/New_York&group_by=label:project,mode", "bucket_width=1d&group_by=mode",
				days + "&group_by=label:project,mode", days + "&group_by=api_key",
				days + "&group_by=label:project,api_key", days + "&group_by=label:project,api_key,mode",
				days + "&group_by=label:project,mode,audio&label:project=p3",
				days + "&group_by=api_key,audio&label:project=p3&mode=i2v&bucket_width=1mo", days,
				days + "&bucket_width=1d&tz=Asia/Kathmandu"));
		Summed summed = this.sums.summed();
		assertThat(summed.monthUntil()).isEqualTo(Grain.DAY.floor(summed.until(), ZoneId.of("Asia/Shanghai")));
		assertThat(this.sums.differing(new Range(YEAR.end(), now))).isEmpty();
	}

	private void expectTheSameWithoutSums(List<String> queries) {
		forgetAll();
		List<String> withoutSums = queries.stream().map(this::report).toList();
		this.summing.catchUp();
		assertThat(queries.stream().map(this::report)).containsExactlyElementsOf(withoutSums);
	}

	@Test
	void whatIsPostedInThePastIsSummedAnew() {
		this.tasks.task(this.team, "2026-01-10T10:00:00+08:00").book();
		this.summing.catchUp();
		UUID late = this.tasks.task(this.team, "2026-01-10T11:00:00+08:00").r2v("10").book();
		this.tasks.adjust(this.team, late, "2026-01-10T12:00:00+08:00", "-1");
		assertThat(this.sums.summed().until()).isEqualTo("2026-01-09T16:00:00Z");
		assertThat(report("month=2026-01")).contains("\"net\":\"6.50\"");
		this.summing.catchUp();
		assertThat(report("month=2026-01")).contains("\"net\":\"6.50\"");
		assertThat(this.sums.differing(YEAR)).isEmpty();
	}

	@Test
	void sumsStayBehindTheOldestTransaction(@Autowired TestDatabase database) throws SQLException {
		this.tasks.task(this.team, "2026-01-10T10:00:00+08:00").book();
		try (Connection connection = database.connect()) {
			connection.setAutoCommit(false);
			connection.createStatement().execute("select now()");
			this.summing.catchUp();
			assertThat(this.sums.summed().until()).isBefore(began(connection));
		}
	}

	/** Whether others are sums of it, or it is a sum of others, or both. */
	@ParameterizedTest
	@EnumSource(names = { "SIX_HOURS", "SIX_HOURS_BY_ALL", "QUARTER_BY_ALL", "HOUR_BY_KEY", "DAY_BY_ALL", "WEEK", "DAY",
			"DAY_BY_TEAM", "MONTH_BY_TEAM", "REST_OF_MONTH_BY_ALL", "REST_OF_MONTH_BY_LABELS_AND_PRICE",
			"MONTH_TO_DATE_BY_ALL" })
	void sumThatIsWrongIsFound(Level wrong) {
		Instant now = Instant.now();
		Range range = new Range(now.minus(90, ChronoUnit.DAYS), now);
		this.tasks.task(this.team, now.minus(40, ChronoUnit.DAYS).toString()).book();
		this.summing.catchUp();
		change(wrong, "+ 1");
		try {
			assertThat(this.sums.differing(range)).containsExactly(wrong);
		}
		finally {
			change(wrong, "- 1");
		}
		assertThat(this.sums.differing(range)).isEmpty();
	}

	private void book(Random random, int count) {
		OffsetDateTime start = OffsetDateTime.of(2026, 1, 1, 0, 0, 0, 0, ZoneOffset.ofHours(8));
		for (int i = 0; i < count; i++) {
			OffsetDateTime settled = start.plusMinutes(random.nextInt(90 * 24 * 4) * 15L)
				.plusNanos(random.nextBoolean() ? -1000 : 0);
			book(random, settled, settled.plusDays(1));
		}
	}

	private void book(Random random, OffsetDateTime settled, OffsetDateTime adjusted) {
		String[] states = { "SUCCEEDED", "SUCCEEDED", "SUCCEEDED", "FAILED", "CANCELLED" };
		PastTasks.Task task = this.tasks.task(this.team, settled.toString())
			.state(states[random.nextInt(states.length)])
			.label("project", "p" + random.nextInt(5));
		if (random.nextBoolean()) {
			task = task.r2v("5." + random.nextInt(10));
		}
		if (random.nextBoolean()) {
			task = task.smallAndSilent();
		}
		if (random.nextBoolean()) {
			task = task.with(KeyId.of(this.secondKey).value());
		}
		UUID id = task.book();
		if (random.nextInt(10) == 0) {
			this.tasks.adjust(this.team, random.nextBoolean() ? id : null, adjusted.toString(), "-0.125");
		}
	}

	/** The mark first: whoever is adding up has it, and commits before it is ours. */
	private void forgetAll() {
		this.transaction.executeWithoutResult((_) -> {
			this.jdbc.sql(
					"update usage_summed set sums_until = 'epoch', month_until = 'epoch', parts_from = '2026-01-01T00:00:00+08:00'")
				.update();
			this.jdbc.sql("delete from usage_sum").update();
		});
	}

	private void change(Level level, String change) {
		this.jdbc
			.sql("update usage_sum set tasks = tasks %s where level = '%s' and team_id = :team".formatted(change,
					level.code()))
			.param("team", Integer.parseInt(this.team.substring("team_".length())))
			.update();
	}

	private String report(String query) {
		return TestGateway.json(this.gateway.get(this.key, "/v1/usage?" + query)).toString();
	}

	private static Instant began(Connection connection) throws SQLException {
		try (var row = connection.createStatement().executeQuery("select now()")) {
			row.next();
			return row.getObject(1, OffsetDateTime.class).toInstant();
		}
	}

}
