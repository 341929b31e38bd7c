package io.wangateway.sandbox;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;

/** The tasks on record. */
class Tasks {

	private final JdbcClient jdbc;

	Tasks(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Make creations of tasks of a model wait for each other until this transaction ends.
	 */
	void lock(String model) {
		this.jdbc.sql("select pg_advisory_xact_lock(hashtextextended('dashscope_simulator ' || :model, 0))::text")
			.param("model", model)
			.query(String.class)
			.list();
	}

	/**
	 * Return when those tasks of a model that are not over will end, the last one first.
	 */
	List<Instant> plannedEnds(String model, Instant now) {
		return this.jdbc.sql("""
				select ends_at
				  from dashscope_simulator.task
				 where model = :model and cancelled_at is null and ends_at > :now
				 order by ends_at desc""")
			.param("model", model)
			.param("now", utc(now))
			.query((row, number) -> instant(row, "ends_at"))
			.list();
	}

	void add(Task task) {
		Task.Video video = task.video();
		Task.Failure failure = task.failure();
		this.jdbc.sql("""
				insert into dashscope_simulator.task (id, request_id, model, prompt, width, height, tier, seconds,
				       sound, input_seconds, directives, created_at, starts_at, ends_at, fails, code, message)
				values (:id, :requestId, :model, :prompt, :width, :height, :tier, :seconds,
				       :sound, :inputSeconds, :directives, :createdAt, :startsAt, :endsAt, :fails, :code, :message)""")
			.param("id", task.id())
			.param("requestId", task.requestId())
			.param("model", task.model())
			.param("prompt", task.prompt())
			.param("width", video.width())
			.param("height", video.height())
			.param("tier", video.tier())
			.param("seconds", video.seconds())
			.param("sound", video.sound())
			.param("inputSeconds", video.inputSeconds())
			.param("directives", task.directives().toString())
			.param("createdAt", utc(task.createdAt()))
			.param("startsAt", utc(task.startsAt()))
			.param("endsAt", utc(task.endsAt()))
			.param("fails", failure != null)
			.param("code", (failure != null) ? failure.code() : null)
			.param("message", (failure != null) ? failure.message() : null)
			.update();
	}

	Optional<Task> find(UUID id, Instant now) {
		return this.jdbc.sql("""
				select task.*, dashscope_simulator.status(task, :now) as status
				  from dashscope_simulator.task
				 where id = :id""").param("id", id).param("now", utc(now)).query(Tasks::task).optional();
	}

	private static Task task(ResultSet row, int number) throws SQLException {
		Task.Video video = new Task.Video(row.getInt("width"), row.getInt("height"), row.getInt("tier"),
				row.getInt("seconds"), row.getBoolean("sound"), row.getBigDecimal("input_seconds"));
		Task.Failure failure = row.getBoolean("fails")
				? new Task.Failure(row.getString("code"), row.getString("message")) : null;
		return new Task(row.getObject("id", UUID.class), row.getObject("request_id", UUID.class),
				row.getString("model"), row.getString("prompt"), video, Directives.of(row.getString("directives")),
				instant(row, "created_at"), instant(row, "starts_at"), instant(row, "ends_at"), failure,
				instantOrNull(row, "cancelled_at"), Task.Status.valueOf(row.getString("status")));
	}

	static OffsetDateTime utc(Instant instant) {
		return instant.atOffset(ZoneOffset.UTC);
	}

	private static Instant instant(ResultSet row, String column) throws SQLException {
		return row.getObject(column, OffsetDateTime.class).toInstant();
	}

	private static @Nullable Instant instantOrNull(ResultSet row, String column) throws SQLException {
		OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
		return (time != null) ? time.toInstant() : null;
	}

}
