package io.wangateway.following;

import java.util.List;
import java.util.UUID;

import org.springframework.jdbc.core.DataClassRowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Which lanes have so many live tasks that listing them saves queries, and whose turn it
 * is to do that.
 */
@Component
class Sweeps {

	/** The list comes in pages of ten: two calls tell of twenty tasks. */
	private static final int WORTH_IT = 20;

	private static final int BELIEVED_SECONDS = 15;

	private final JdbcClient jdbc;

	Sweeps(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Claim the lanes to be listed now, each for at most half a minute.
	 * @return the lanes
	 */
	List<SweptLane> claim() {
		this.jdbc.sql("insert into list_sweep (lane) select name from lane on conflict do nothing").update();
		return this.jdbc.sql("""
				update list_sweep s
				   set due_at = clock_timestamp() + interval '30 seconds'
				  from lane l
				 where l.name = s.lane and s.due_at <= clock_timestamp()
				   and (select count(*)
				          from (select 1
				                  from generation g
				                 where g.lane = s.lane and g.state in ('SUBMITTED', 'RUNNING')
				                 limit :worthIt + 1) live) > :worthIt
				returning l.name, l.upstream_model, l.livemode""")
			.param("worthIt", WORTH_IT)
			.query(DataClassRowMapper.newInstance(SweptLane.class))
			.list();
	}

	/**
	 * A lane was listed, or could not be; it is listed again soon. The pause leaves some
	 * of the account's calls to those who look for what became of a submission.
	 */
	void done(SweptLane lane, boolean whole) {
		this.jdbc.sql("""
				update list_sweep
				   set due_at = clock_timestamp() + interval '500 milliseconds',
				       done_at = case when :whole then clock_timestamp() else done_at end
				 where lane = :lane""").param("whole", whole).param("lane", lane.name()).update();
	}

	/**
	 * Ask about tasks one by one again where the list tells no more: few are left, or it
	 * does not come. Until now they were to be asked about much later.
	 */
	void endCover() {
		this.jdbc.sql("""
				with live as (
				    select lane, count(*) as tasks
				      from generation
				     where state in ('SUBMITTED', 'RUNNING')
				     group by lane),
				over as (
				    update list_sweep s
				       set done_at = 'epoch'
				      from live
				     where live.lane = s.lane and s.done_at > 'epoch'
				       and ((live.tasks <= :worthIt and s.due_at <= clock_timestamp())
				            or s.done_at < clock_timestamp() - :believed * interval '1 second')
				    returning s.lane, live.tasks)
				update generation g
				   set due_at = least(g.due_at, clock_timestamp() + random() * over.tasks * interval '100 milliseconds')
				  from over
				 where g.lane = over.lane and g.state in ('SUBMITTED', 'RUNNING')""")
			.param("worthIt", WORTH_IT)
			.param("believed", BELIEVED_SECONDS)
			.update();
	}

	/** Whether the list tells what has ended in a lane at present. */
	boolean cover(String lane) {
		return this.jdbc
			.sql("""
					select exists (select from list_sweep
					                where lane = :lane and done_at > clock_timestamp() - :believed * interval '1 second')""")
			.param("lane", lane)
			.param("believed", BELIEVED_SECONDS)
			.query(Boolean.class)
			.single();
	}

	/**
	 * Return the tasks of a lane that upstream must list if it still has to do with them.
	 * @param lane the lane
	 * @return those that were taken some time ago
	 */
	List<LiveTask> live(SweptLane lane) {
		return this.jdbc.sql("""
				select id, upstream_task_id, state = 'RUNNING' as running
				  from generation
				 where lane = :lane and state in ('SUBMITTED', 'RUNNING')
				   and submitted_at < clock_timestamp() - interval '3 seconds'""")
			.param("lane", lane.name())
			.query(DataClassRowMapper.newInstance(LiveTask.class))
			.list();
	}

	/** Ask about these tasks now, unless that is about to be done. */
	void askNow(List<UUID> ids) {
		this.jdbc.sql("""
				update generation
				   set due_at = clock_timestamp()
				 where id = any (:ids) and state in ('SUBMITTED', 'RUNNING') and due_at > clock_timestamp()""")
			.param("ids", ids.toArray(UUID[]::new))
			.update();
	}

	/**
	 * A lane to list.
	 *
	 * @param name the lane
	 * @param upstreamModel what upstream calls its model
	 * @param livemode which account it leads to
	 */
	record SweptLane(String name, String upstreamModel, boolean livemode) {
	}

	/**
	 * A task that has not ended, as far as we know.
	 *
	 * @param id ours
	 * @param upstreamTaskId upstream's
	 * @param running whether it was seen to be made
	 */
	record LiveTask(UUID id, String upstreamTaskId, boolean running) {
	}

}
