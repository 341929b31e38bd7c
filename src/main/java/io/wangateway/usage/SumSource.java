package io.wangateway.usage;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.wangateway.usage.Dimension.Kind;

/**
 * The sums that a report is put together from, as SQL: piece by piece and team by team,
 * as their index has them. The fence {@code offset 0} keeps it so: without it the planner
 * may read all sums and join them, as for the thousand pieces of a year of days of
 * another zone, and that takes seconds.
 *
 * @param pieces which sums are taken, at least one
 * @param told what is told apart
 */
record SumSource(List<Piece> pieces, Set<Kind> told) {

	/**
	 * Return a query for the sums of a selection, which is in the parameters already.
	 * @param parameters where the query's other parameters are put
	 */
	String sql(Map<String, Object> parameters) {
		List<Level> levels = this.pieces.stream().map((piece) -> Objects.requireNonNull(piece.level())).toList();
		parameters.put("levels", array(levels.stream().map(Level::code)));
		parameters.put("sumTeams", array(levels.stream().map((level) -> level.tells(Kind.TEAM))));
		parameters.put("signs", array(this.pieces.stream().map((piece) -> piece.less() ? -1 : 1)));
		parameters.put("sumStarts",
				Timestamps.array(this.pieces.stream().map((piece) -> piece.range().start()).toList()));
		parameters.put("sumEnds", Timestamps.array(this.pieces.stream().map((piece) -> piece.range().end()).toList()));
		parameters.put("sumTimes", array(this.pieces.stream().map(Piece::at)));
		boolean labelled = this.told.contains(Kind.LABEL);
		return """
				select coalesce(p.at, u.at) as at, u.team_id, u.key_id, u.price_id, p.sign * u.tasks as tasks,
				       p.sign * u.completed as completed, p.sign * u.cancelled as cancelled, p.sign * u.seconds as seconds,
				       p.sign * u.billed_seconds as billed_seconds, p.sign * u.gross as gross,
				       p.sign * u.charged as charged, p.sign * u.adjusted as adjusted, 0::bigint as held, %s as labels
				  from unnest(cast(:levels as usage_level[]), cast(:sumTeams as boolean[]), cast(:signs as integer[]),
				              cast(:sumStarts as timestamptz[]), cast(:sumEnds as timestamptz[]),
				              cast(:sumTimes as timestamptz[])) p (level, teams, sign, start, stop, at)
				 cross join lateral (select t.id from known_team t
				                      where p.teams and (cast(:team as integer) is null or t.id = :team)
				                      union all
				                     select 0 where not p.teams) t
				 cross join lateral (select *
				                       from usage_sum s
				                      where s.level = p.level and s.livemode = :livemode and s.team_id = t.id
				                        and s.at >= p.start and s.at < p.stop
				                     offset 0) u%s
				"""
			.formatted(labelled ? "l.labels" : "null::jsonb",
					labelled ? "\n  left join label_set l on l.id = u.label_set_id" : "");
	}

	private static String array(Stream<?> values) {
		return values.map(String::valueOf).collect(Collectors.joining(",", "{", "}"));
	}

}
