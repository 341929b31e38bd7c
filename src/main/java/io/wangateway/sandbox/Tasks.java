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

	/** Return how many tasks a filter lets through, on all pages. */
	int count(TaskFilter filter, Instant now) {
		return select("count(*)", "", filter, now).query(Integer.class).single();
	}

	/** Return the page that a filter asks for, the newest task first. */
	List<Task> list(TaskFilter filter, Instant now) {
		return select("task.*, dashscope_simulator.status(task, :now) as status", """
				order by created_at desc, id
				 limit :pageSize offset (:page - 1)::bigint * :pageSize""", filter, now).param("page", filter.page())
			.param("pageSize", filter.pageSize())
			.query(Tasks::task)
			.list();
	}

	/** Return how many tasks are on record, even if nobody can ask for them any more. */
	int count() {
		return this.jdbc.sql("select count(*) from dashscope_simulator.task").query(Integer.class).single();
	}

	/**
	 * Return tasks on record, even if nobody can ask for them any more, the newest first.
	 */
	List<Task> newest(int limit, Instant now) {
		return this.jdbc.sql("""
				select task.*, dashscope_simulator.status(task, :now) as status
				  from dashscope_simulator.task
				 order by created_at desc, id
				 limit :limit""").param("now", utc(now)).param("limit", limit).query(Tasks::task).list();
	}

	private JdbcClient.StatementSpec select(String columns, String end, TaskFilter filter, Instant now) {
		return this.jdbc.sql("""
				select %s
				  from dashscope_simulator.task
				 where created_at >= :from and created_at < :until
				   and created_at > :now - interval '24 hours' -- the older ones are UNKNOWN
				   and (cast(:model as text) is null or model = :model)
				   and (cast(:id as text) is null or id::text = :id)
				   and (cast(:status as text) is null or dashscope_simulator.status(task, :now) = :status)
				""".formatted(columns) + end)
			.param("from", utc(filter.from()))
			.param("until", utc(filter.until()))
			.param("now", utc(now))
			.param("status", filter.status())
			.param("id", filter.id())
			.param("model", filter.model());
	}

	/**
	 * Cancel a task if it is still PENDING.
	 * @return whether it is cancelled now
	 */
	boolean cancel(UUID id, Instant now) {
		return this.jdbc.sql("""
				update dashscope_simulator.task
				   set cancelled_at = :now
				 where id = :id and dashscope_simulator.status(task, :now) = 'PENDING'""")
			.param("id", id)
			.param("now", utc(now))
			.update() > 0;
	}

	/** Remove the older tasks. */
	void forget(Instant createdBefore) {
		this.jdbc.sql("delete from dashscope_simulator.task where created_at < :createdBefore")
			.param("createdBefore", utc(createdBefore))
			.update();
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
