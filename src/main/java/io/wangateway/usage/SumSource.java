package io.wangateway.usage;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.wangateway.usage.Dimension.Kind;

/**
 * The sums that a report is put together from, as SQL.
 *
 * @param pieces which sums are taken, and taken away only if all is one bucket; at least
 * one
 * @param told what is told apart
 * @param oneBucket whether all of it is one bucket of the report
 */
record SumSource(List<Piece> pieces, Set<Kind> told, boolean oneBucket) {

	/**
	 * Piece by piece and team by team, as their index has them. The fence
	 * {@code offset 0} keeps it so: without it the planner may read all sums and join
	 * them, as for the thousand pieces of a year of days of another zone, and that takes
	 * seconds.
	 */
	private static final String PIECES = """
			  from unnest(cast(:levels as usage_level[]), cast(:sumTeams as boolean[]), cast(:signs as integer[]),
			              cast(:sumStarts as timestamptz[]), cast(:sumEnds as timestamptz[]))
			       p (level, teams, sign, start, stop)
			 cross join lateral (select t.id from known_team t
			                      where p.teams and (cast(:team as integer) is null or t.id = :team)
			                      union all
			                     select 0 where not p.teams) t
			 cross join lateral (select *
			                       from usage_sum u
			                      where u.level = p.level and u.livemode = :livemode and u.team_id = t.id
			                        and u.at >= p.start and u.at < p.stop
			                     offset 0) s
			""";

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
		boolean labelled = this.told.contains(Kind.LABEL);
		return """
				select u.at, u.team_id, u.key_id, u.price_id, u.tasks, u.completed, u.cancelled, u.seconds,
				       u.billed_seconds, u.gross, u.charged, u.adjusted, 0::bigint as held, %s as labels
				  from (%s) u%s
				""".formatted(labelled ? "l.labels" : "null::jsonb",
				this.oneBucket ? together() : "select s.*\n" + PIECES,
				labelled ? "\n  left join label_set l on l.id = u.label_set_id" : "");
	}

	/**
	 * For one bucket the pieces are put together first, by the numbers of what is told
	 * apart: to look up what a number stands for costs more than to add, and a month has
	 * several times as many sums as it has different ones.
	 */
	private String together() {
		return """
				select null::timestamptz as at, s.team_id, %s as key_id, %s as price_id, %s as label_set_id,
				       exact_sum(p.sign * s.tasks) as tasks, exact_sum(p.sign * s.completed) as completed,
				       exact_sum(p.sign * s.cancelled) as cancelled, exact_sum(p.sign * s.seconds) as seconds,
				       exact_sum(p.sign * s.billed_seconds) as billed_seconds, exact_sum(p.sign * s.gross) as gross,
				       exact_sum(p.sign * s.charged) as charged, exact_sum(p.sign * s.adjusted) as adjusted
				%s
				 group by 2, 3, 4, 5""".formatted(this.told.contains(Kind.API_KEY) ? "s.key_id" : "0",
				this.told.stream().anyMatch(Kind::isOfPrice) ? "s.price_id" : "0",
				this.told.contains(Kind.LABEL) ? "s.label_set_id" : "0", PIECES.stripTrailing());
	}

	private static String array(Stream<?> values) {
		return values.map(String::valueOf).collect(Collectors.joining(",", "{", "}"));
	}

}
