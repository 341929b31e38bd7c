package io.wangateway.admission;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import io.wangateway.generation.GenerationId;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The upstream tasks that no generation is known to have made.
 */
@Component
public class Strays {

	private final JdbcClient jdbc;

	private final Clock clock;

	Strays(JdbcClient jdbc, Clock clock) {
		this.jdbc = jdbc;
		this.clock = clock;
	}

	/**
	 * Return which upstream tasks are known to be of a generation, or not to be ours.
	 * @param taskIds some upstream tasks
	 * @return those of them that are explained
	 */
	Set<String> explained(Collection<String> taskIds) {
		return new HashSet<>(this.jdbc.sql("""
				select upstream_task_id from generation where upstream_task_id = any (:ids)
				union
				select upstream_task_id from stray_task
				 where upstream_task_id = any (:ids) and (adopted_by is not null or foreign_task)""")
			.param("ids", taskIds.toArray(String[]::new))
			.query((row, _) -> row.getString(1))
			.list());
	}

	/**
	 * Put a stray task on record.
	 * @param lane the lane that it came through, if it is ours
	 * @param stray the task
	 */
	void add(String lane, Stray stray) {
		this.jdbc.sql("""
				insert into stray_task (upstream_task_id, lane, upstream_created_at, upstream_request_id, found_at)
				values (:id, :lane, :createdAt, :requestId, :now)
				on conflict (upstream_task_id) do nothing""")
			.param("id", stray.taskId())
			.param("lane", lane)
			.param("createdAt", stray.createdAt().atOffset(ZoneOffset.UTC))
			.param("requestId", stray.requestId())
			.param("now", this.clock.instant().atOffset(ZoneOffset.UTC))
			.update();
	}

	/**
	 * Write down how a stray task ended.
	 * @param taskId the task
	 * @param end how
	 * @param echo what upstream echoed, or {@code null}
	 */
	void ended(String taskId, Stray.End end, @Nullable Echo echo) {
		this.jdbc.sql("""
				update stray_task
				   set ended = :ended, prompt_hash = decode(:hash, 'hex'), seconds = :seconds, sr = :sr
				 where upstream_task_id = :id""")
			.param("ended", end.name())
			.param("hash", (echo != null) ? echo.promptHash() : null)
			.param("seconds", (echo != null) ? echo.seconds() : null)
			.param("sr", (echo != null) ? echo.sr() : null)
			.param("id", taskId)
			.update();
	}

	/** Return the strays of a lane that are not explained yet. */
	List<Stray> in(String lane) {
		return this.jdbc.sql("""
				select upstream_task_id, upstream_created_at, upstream_request_id, ended, prompt_hash, seconds, sr
				  from stray_task
				 where lane = :lane and adopted_by is null and not foreign_task
				 order by upstream_created_at""").param("lane", lane).query(Strays::stray).list();
	}

	private static Stray stray(ResultSet row, int number) throws SQLException {
		String ended = row.getString("ended");
		byte[] hash = row.getBytes("prompt_hash");
		int sr = row.getInt("sr");
		Integer srOrNone = row.wasNull() ? null : Integer.valueOf(sr);
		return new Stray(row.getString("upstream_task_id"),
				row.getObject("upstream_created_at", OffsetDateTime.class).toInstant(),
				row.getString("upstream_request_id"), (ended != null) ? Stray.End.valueOf(ended) : Stray.End.OPEN,
				(hash != null) ? new Echo(HexFormat.of().formatHex(hash), row.getBigDecimal("seconds"), srOrNone)
						: null);
	}

	/**
	 * Return whose an upstream task is known to be.
	 * @param taskId upstream's id of it
	 * @return the generation, if there is one
	 */
	Optional<GenerationId> ownerOf(String taskId) {
		return this.jdbc.sql("select id from generation where upstream_task_id = :id")
			.param("id", taskId)
			.query((row, _) -> new GenerationId(row.getObject("id", UUID.class)))
			.optional();
	}

	void adopt(String taskId, UUID generation) {
		this.jdbc
			.sql("update stray_task set adopted_by = :generation, foreign_task = false where upstream_task_id = :id")
			.param("generation", generation)
			.param("id", taskId)
			.update();
	}

	/**
	 * A task is none of ours.
	 * @param taskId upstream's id of it
	 */
	public void dismiss(String taskId) {
		this.jdbc.sql("update stray_task set adopted_by = null, foreign_task = true where upstream_task_id = :id")
			.param("id", taskId)
			.update();
	}

	/**
	 * A task failed, and nobody knows whose it was. It cost nothing.
	 * @param taskId upstream's id of it
	 */
	public void failed(String taskId) {
		this.jdbc.sql("update stray_task set adopted_by = null, ended = 'FAILED' where upstream_task_id = :id")
			.param("id", taskId)
			.update();
	}

}
