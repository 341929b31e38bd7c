package io.wangateway.following;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.wangateway.GatewayTest;
import io.wangateway.TestDatabase;
import io.wangateway.TestGateway;
import io.wangateway.generation.GenerationId;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

import static org.assertj.core.api.Assertions.assertThat;

/** A process that was paused while it settled a task of a team. */
@GatewayTest
class LockedAccountTests {

	private static final String IMAGE = "\"image_urls\":[\"https://example.com/photo.jpg\"]";

	private static final String REFERENCE = "\"metadata\":{\"reference_urls\":[\"https://example.com/a.jpg\"]}";

	@Autowired
	private TestGateway gateway;

	@Autowired
	private TestDatabase database;

	@Test
	void othersAreServedWhileTheEndsOfATeamsTasksWaitForItsAccount() throws SQLException {
		String team = this.gateway.team();
		String key = this.gateway.sandboxKey(team);
		String other = this.gateway.sandboxKey(this.gateway.team());
		try (Connection watching = this.database.connect(); Connection paused = this.database.connect()) {
			JdbcClient jdbc = JdbcClient.create(new SingleConnectionDataSource(watching, true));
			UUID[] tasks = Stream.of(IMAGE, REFERENCE)
				.flatMap((media) -> IntStream.range(0, 3).mapToObj((_) -> submit(key, media)))
				.toArray(UUID[]::new);
			awaitNone(jdbc, "state not in ('SUBMITTED', 'RUNNING')", tasks);
			paused.setAutoCommit(false);
			paused.createStatement()
				.execute("select from account where team_id = %s for update"
					.formatted(team.substring("team_".length())));
			awaitNone(jdbc, """
					not exists (select from dashscope_simulator.task t
					             where t.id::text = g.upstream_task_id and t.ends_at < clock_timestamp())""", tasks);
			Awaitility.await()
				.until(() -> jdbc.sql("""
						select count(*) from pg_stat_activity
						 where datname = current_database() and wait_event_type = 'Lock'""")
					.query(Integer.class)
					.single(), (waiting) -> waiting >= 4);
			Awaitility.await()
				.during(Duration.ofSeconds(3))
				.atMost(Duration.ofSeconds(10))
				.until(() -> this.gateway.get(other, "/v1/videos/generations/video_none")
					.returnResult()
					.getStatus()
					.value(), (status) -> status == 404);
			paused.rollback();
			awaitNone(jdbc, "state <> 'SUCCEEDED'", tasks);
		}
		assertThat(
				TestGateway.json(this.gateway.get(key, "/v1/videos/generations?status=completed")).get("data").size())
			.isEqualTo(6);
	}

	private void awaitNone(JdbcClient jdbc, String condition, UUID[] tasks) {
		Awaitility.await()
			.atMost(Duration.ofMinutes(1))
			.until(() -> jdbc.sql("select count(*) from generation g where id = any (:ids) and " + condition)
				.param("ids", tasks)
				.query(Integer.class)
				.single(), (count) -> count == 0);
	}

	private UUID submit(String key, String media) {
		String id = TestGateway.json(this.gateway.post(key, "/v1/videos/generations", """
				{"model":"wan2.6-flash","prompt":"[[sim:run=6]]",%s}""".formatted(media))).get("id").stringValue();
		return GenerationId.parse(id).orElseThrow().value();
	}

}
