package io.wangateway.following;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import io.wangateway.admission.Pace;
import io.wangateway.admission.SendTime;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Claims the generations whose next poll is due. A claim is a lease: if whoever claimed
 * it dies, the generation is due again when the lease ends.
 */
@Component
class DueTasks {

	/** Longer than any query may take. */
	private static final Duration LEASE = Duration.ofSeconds(25);

	private final JdbcClient jdbc;

	private final Pace pace;

	DueTasks(JdbcClient jdbc, Pace pace) {
		this.jdbc = jdbc;
		this.pace = pace;
	}

	/**
	 * Claim what is due of one account, as much as it may be asked about soon.
	 * @param livemode whether the live account
	 * @return what to ask about
	 */
	@Transactional
	List<DueTask> claim(boolean livemode) {
		int due = this.jdbc.sql("""
				select count(*)
				  from (select 1
				          from generation
				         where due_at <= clock_timestamp() and state in ('SUBMITTED', 'RUNNING')
				           and livemode = :livemode
				         limit 50) due""").param("livemode", livemode).query(Integer.class).single();
		if (due == 0) {
			return List.of();
		}
		List<SendTime> times = this.pace.reserve(Pace.name(livemode, "status"), due);
		return this.jdbc.sql("""
				with due as materialized (
				    select id
				      from generation
				     where due_at <= clock_timestamp() and state in ('SUBMITTED', 'RUNNING')
				       and livemode = :livemode
				     order by due_at
				     limit :limit
				       for update skip locked)
				update generation g
				   set due_at = clock_timestamp() + :lease * interval '1 second'
				  from due
				 where g.id = due.id
				returning g.id, g.upstream_task_id, g.cancel_requested""")
			.param("livemode", livemode)
			.param("limit", times.size())
			.param("lease", LEASE.toSeconds())
			.query((row, number) -> new DueTask(row.getObject("id", UUID.class), row.getString("upstream_task_id"),
					livemode, row.getBoolean("cancel_requested"), times.get(number)))
			.list();
	}

	/**
	 * Give back what was claimed and not asked about.
	 * @param task what is due again
	 */
	void giveBack(DueTask task) {
		this.jdbc.sql("""
				update generation set due_at = clock_timestamp()
				 where id = :id and state in ('SUBMITTED', 'RUNNING') and due_at > clock_timestamp()""")
			.param("id", task.generation())
			.update();
	}

	/**
	 * Find one, due or not.
	 * @param generation which
	 * @return what to ask about, unless it is not upstream
	 */
	Optional<DueTask> find(UUID generation) {
		return this.jdbc.sql("""
				select id, upstream_task_id, livemode, cancel_requested
				  from generation where id = :id and state in ('SUBMITTED', 'RUNNING')""")
			.param("id", generation)
			.query((row, _) -> new DueTask(generation, row.getString("upstream_task_id"), row.getBoolean("livemode"),
					row.getBoolean("cancel_requested"), new SendTime(System.nanoTime())))
			.optional();
	}

	/**
	 * A generation to ask about.
	 *
	 * @param generation the generation
	 * @param upstreamTaskId what upstream calls it
	 * @param livemode which account to ask
	 * @param cancelRequested whether its team wants it cancelled
	 * @param time when to ask
	 */
	record DueTask(UUID generation, String upstreamTaskId, boolean livemode, boolean cancelRequested, SendTime time) {
	}

}
