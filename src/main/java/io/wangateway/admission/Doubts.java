package io.wangateway.admission;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

import io.wangateway.generation.GenerationContents;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The doubts that are open, lane by lane.
 */
@Component
class Doubts {

	private final JdbcClient jdbc;

	private final GenerationContents contents;

	private final DoubtSettings settings;

	Doubts(JdbcClient jdbc, GenerationContents contents, DoubtSettings settings) {
		this.jdbc = jdbc;
		this.contents = contents;
		this.settings = settings;
	}

	/**
	 * Return the lanes that are to be searched now, and see to it that no other process
	 * searches them at the same time. Lanes are locked in the order of their names, here
	 * and wherever several are.
	 * @return the lanes with a doubt
	 */
	List<DoubtfulLane> claimLanes() {
		return this.jdbc.sql("""
				with due as materialized (
				    select d.name
				      from lane d
				     where d.doubts_searched_at < clock_timestamp() - :interval * interval '1 millisecond'
				       and exists (select from generation g where g.lane = d.name and g.state = 'IN_DOUBT')
				     order by d.name
				       for no key update
				)
				update lane l
				   set doubts_searched_at = clock_timestamp()
				  from due
				 where due.name = l.name
				returning l.name, l.upstream_model, l.livemode""")
			.param("interval", this.settings.searchInterval().toMillis())
			.query((row, _) -> new DoubtfulLane(row.getString("name"), row.getString("upstream_model"),
					row.getBoolean("livemode")))
			.list();
	}

	/**
	 * Return the open doubts of a lane.
	 * @param lane the lane
	 * @return them, each with the window in which its task can have been made
	 */
	List<Doubt> in(String lane) {
		return this.jdbc.sql("""
				select g.id, a.id as attempt, a.claimed_at, a.gave_up_at, a.upstream_request_id
				  from generation g
				  join attempt a on a.id = g.attempt
				 where g.lane = :lane and g.state = 'IN_DOUBT'
				 order by a.claimed_at""").param("lane", lane).query(this::doubt).list();
	}

	private Doubt doubt(ResultSet row, int number) throws SQLException {
		UUID generation = row.getObject("id", UUID.class);
		Instant claimed = row.getObject("claimed_at", OffsetDateTime.class).toInstant();
		Instant gaveUp = row.getObject("gave_up_at", OffsetDateTime.class).toInstant();
		return new Doubt(generation, row.getInt("attempt"), claimed.minus(this.settings.before()), gaveUp,
				gaveUp.plus(this.settings.after()), row.getString("upstream_request_id"),
				Echo.expected(this.contents.of(generation)));
	}

	/**
	 * Return since when this lane has had a submission under way, or may have one from
	 * now on: a task made since then may be that one's.
	 * @param lane the lane
	 * @return the time, by upstream's clock
	 */
	Instant underWaySince(String lane) {
		return this.jdbc.sql("""
				select coalesce(min(claimed_at), clock_timestamp()) - :before * interval '1 millisecond'
				  from attempt where lane = :lane and outcome is null""")
			.param("lane", lane)
			.param("before", this.settings.before().toMillis())
			.query(OffsetDateTime.class)
			.single()
			.toInstant();
	}

	/**
	 * A lane with a doubt.
	 *
	 * @param name the lane
	 * @param upstreamModel what upstream calls its model
	 * @param livemode which account it leads to
	 */
	record DoubtfulLane(String name, String upstreamModel, boolean livemode) {
	}

}
