package io.wangateway.usage;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.wangateway.GatewayTest;
import io.wangateway.TestGateway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How PostgreSQL finds the sums of a report when there are many of them. It is told so,
 * as millions of them would take minutes to make.
 */
@GatewayTest
class ReportPlanTests {

	@Autowired
	TestGateway gateway;

	@Autowired
	UsageQueryReader reader;

	@Autowired
	ReportStatements statements;

	@Autowired
	JdbcClient jdbc;

	@Autowired
	TransactionTemplate transaction;

	@BeforeEach
	void addUp(@Autowired UsageSumming summing) {
		String team = this.gateway.team();
		this.gateway.liveKey(team);
		new PastTasks(this.jdbc, this.transaction).task(team, "2026-01-10T10:00:00+08:00").book();
		summing.catchUp();
	}

	@ParameterizedTest
	@ValueSource(strings = { "bucket_width=1d&tz=Asia/Kathmandu", "bucket_width=1d",
			"bucket_width=1mo&group_by=team,mode&tz=America/New_York",
			"bucket_width=1mo&group_by=api_key,model,mode,resolution,audio&tz=America/New_York" })
	void eachPieceOfAYearIsLookedUpHoweverManySumsThereAre(String query) {
		expectLookups(plan("start_time=1735689600&end_time=1767225600&" + query));
	}

	@ParameterizedTest
	@ValueSource(strings = { "group_by=label:project,api_key,mode", "bucket_width=1h&label:project=p3",
			"bucket_width=1d&group_by=label:project,audio&tz=Asia/Kathmandu" })
	void eachPieceOfAMonthIsLookedUpHoweverManySumsThereAre(String query) {
		expectLookups(plan("start_time=1767297600&end_time=1769976000&" + query));
	}

	private static void expectLookups(String plan) {
		assertThat(plan)
			.containsPattern("Index Cond: .*team_id = ([^)]+[.]id|0)[)].*at >= p(_1)?[.]start.*at < p(_1)?[.]stop");
	}

	private String plan(String query) {
		Map<String, String> sent = List.of(query.split("&"))
			.stream()
			.map((parameter) -> parameter.split("="))
			.collect(Collectors.toMap((parameter) -> parameter[0], (parameter) -> parameter[1]));
		UsageQuery report = this.reader.read(null, true, sent);
		return this.transaction.execute((status) -> {
			status.setRollbackOnly();
			pretendMillionsOfSums();
			UsageSql sql = this.statements.of(report, report.time().slice(1, TimeAxis.MAX_BUCKETS), 1);
			return String.join("\n",
					this.jdbc.sql("explain (costs off) " + sql.text())
						.params(sql.parameters())
						.query(String.class)
						.list());
		});
	}

	/** So many on each page of the table as would be on all of them. */
	private void pretendMillionsOfSums() {
		for (String relation : List.of("usage_sum", "usage_sum_time")) {
			this.jdbc
				.sql("""
						select pg_restore_relation_stats('schemaname', current_schema()::text, 'relname', cast(:relation as text),
						                                 'relpages', 1, 'reltuples', 5e6::real)""")
				.param("relation", relation)
				.query(Boolean.class)
				.single();
		}
	}

}
