package io.wangateway.admission;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import io.wangateway.team.TeamId;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Tells how a lane stands, without locking it.
 */
@Component
class LaneReport {

	private final JdbcClient jdbc;

	LaneReport(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Return how a lane stands.
	 * @param name the lane
	 * @return the lane, unless there is none of that name
	 */
	Optional<LaneView> of(String name) {
		List<LaneView.Share> teams = teams(name);
		return this.jdbc.sql("""
				select l.*, case when l.throttled_until > clock_timestamp() then l.throttled_until end as resting_until,
				       (select count(*) from generation g where g.lane = l.name and g.state = 'IN_DOUBT') as in_doubt
				  from lane l where l.name = :name""")
			.param("name", name)
			.query((row, _) -> lane(row, teams))
			.optional();
	}

	private static LaneView lane(ResultSet row, List<LaneView.Share> teams) throws SQLException {
		String upstreamModel = row.getString("upstream_model");
		Integer maxInFlight = (Integer) row.getObject("max_in_flight");
		Double rate = (row.getBigDecimal("submissions_per_second") != null) ? row.getDouble("submissions_per_second")
				: null;
		OffsetDateTime restingUntil = row.getObject("resting_until", OffsetDateTime.class);
		return new LaneView(row.getString("name"), upstreamModel, row.getBoolean("livemode"), row.getBoolean("paused"),
				row.getString("stopped_reason"), (restingUntil != null) ? restingUntil.toInstant() : null,
				(maxInFlight != null) ? maxInFlight : row.getInt("default_max_in_flight"),
				(rate != null) ? rate : row.getDouble("default_submissions_per_second"),
				new LaneView.Patched(maxInFlight, rate), teams.stream().mapToLong(LaneView.Share::queued).sum(),
				teams.stream().mapToLong(LaneView.Share::inProcessing).sum(), row.getLong("in_doubt"),
				teams.stream()
					.map(LaneView.Share::oldestWaitSeconds)
					.filter(Objects::nonNull)
					.max(Long::compare)
					.orElse(null),
				teams);
	}

	/** One look into the index per team that waits or is served. */
	private List<LaneView.Share> teams(String lane) {
		return this.jdbc.sql("""
				select t.id, t.name, t.weight, q.queued, coalesce(p.slots, 0) as slots, q.virtual_time,
				       extract(epoch from clock_timestamp() - oldest.created_at)::bigint as wait
				  from queue q
				  join team t on t.id = q.team_id
				  left join (select g.team_id, count(*) as slots
				               from generation g
				              where g.lane = :lane and g.state in ('SUBMITTING', 'SUBMITTED', 'RUNNING', 'IN_DOUBT')
				              group by g.team_id) p on p.team_id = q.team_id
				  left join lateral (select g.created_at
				                       from generation g
				                      where g.lane = :lane and g.team_id = q.team_id and g.state = 'QUEUED'
				                      order by g.id
				                      limit 1) oldest on true
				 where q.lane = :lane and (q.waiting or p.slots > 0)
				 order by t.id""")
			.param("lane", lane)
			.query((row, _) -> new LaneView.Share(new TeamId(row.getInt("id")), row.getString("name"),
					row.getInt("weight"), row.getLong("queued"), row.getLong("slots"), row.getDouble("virtual_time"),
					wait(row)))
			.list();
	}

	private static @Nullable Long wait(ResultSet row) throws SQLException {
		long wait = row.getLong("wait");
		return row.wasNull() ? null : Long.valueOf(Math.max(0, wait));
	}

}
