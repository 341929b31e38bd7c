package io.wangateway.admission;

import java.time.Duration;
import java.util.List;
import java.util.UUID;

import org.springframework.jdbc.core.DataClassRowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The attempts to hand generations to DashScope, each written down before it is made.
 */
@Component
class Attempts {

	private final JdbcClient jdbc;

	Attempts(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Put an attempt on record.
	 * @param generation what is to be sent
	 * @param lane through which lane
	 * @param replica by which process
	 * @return the attempt
	 */
	int open(UUID generation, String lane, String replica) {
		return this.jdbc.sql("""
				insert into attempt (generation_id, lane, replica, claimed_at)
				values (:generation, :lane, :replica, clock_timestamp())
				returning id""")
			.param("generation", generation)
			.param("lane", lane)
			.param("replica", replica)
			.query(Integer.class)
			.single();
	}

	/**
	 * Write down what became of an attempt. What comes after others gave it up is added
	 * and marked as late, and does not change when it was given up.
	 * @param attempt the attempt
	 * @param outcome what became of it
	 * @param late whether nobody waited for it any more
	 */
	void close(int attempt, AttemptOutcome outcome, boolean late) {
		this.jdbc.sql("""
				update attempt
				   set gave_up_at = coalesce(gave_up_at, clock_timestamp()),
				       outcome = coalesce(outcome, :outcome),
				       http_status = coalesce(:status, http_status),
				       upstream_code = coalesce(:code, upstream_code),
				       upstream_request_id = coalesce(:requestId, upstream_request_id),
				       upstream_task_id = coalesce(:taskId, upstream_task_id),
				       late = :late or outcome is not null
				 where id = :id""")
			.param("outcome", outcome.kind().code())
			.param("status", outcome.httpStatus())
			.param("code", outcome.upstreamCode())
			.param("requestId", outcome.requestId())
			.param("taskId", outcome.taskId())
			.param("late", late)
			.param("id", attempt)
			.update();
	}

	/**
	 * Return the attempts for which nobody has answered.
	 * @param age for how long
	 * @return them, oldest first, a hundred at most
	 */
	List<Open> olderThan(Duration age) {
		return this.jdbc.sql("""
				select id, generation_id
				  from attempt
				 where outcome is null
				   and claimed_at < clock_timestamp() - :age * interval '1 second'
				 order by claimed_at
				 limit 100""").param("age", age.toSeconds()).query(DataClassRowMapper.newInstance(Open.class)).list();
	}

	/**
	 * An attempt for which nobody has answered.
	 *
	 * @param id the attempt
	 * @param generationId what it was to send
	 */
	record Open(int id, UUID generationId) {
	}

}
