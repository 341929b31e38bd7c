package io.wangateway.usage;

import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.wangateway.usage.Dimension.Kind;

/**
 * The sums of a team {@code t} that a report is put together from, as SQL: piece by
 * piece, as their index has them. The fence {@code offset 0} keeps it so: without it the
 * planner may read all sums and join them, as for the thousand pieces of a year of days
 * of another zone, and that takes seconds.
 *
 * @param pieces which sums are taken
 * @param query for which report
 * @param buckets its buckets that are wanted
 * @param prices how they are told apart
 * @param labels how these are told apart
 */
record SumSource(List<Piece> pieces, UsageQuery query, Buckets buckets, Prices prices, Labels labels) {

	/**
	 * Return a query for the sums, what is told apart in numbers.
	 * @param apart the columns that tell them apart, beside the bucket
	 * @param parameters where the query's parameters are put
	 */
	String sql(String apart, Map<String, Object> parameters) {
		parameters.put("levels", PieceArrays.of(levels().stream().map(Level::code)));
		parameters.put("sumTeams", PieceArrays.of(levels().stream().map((level) -> level.tells(Kind.TEAM))));
		PieceArrays.put("sum", this.pieces, parameters);
		return """
				select %s as bucket%s, 0::bigint as held,
				       %s
				  from unnest(cast(:levels as usage_level[]), cast(:sumTeams as boolean[]), cast(:sumSigns as bigint[]),
				              cast(:sumStarts as timestamptz[]), cast(:sumEnds as timestamptz[]),
				              cast(:sumTimes as timestamptz[])) p (level, teams, sign, start, stop, at)
				 cross join lateral (select *
				                       from usage_sum s
				                      where s.level = p.level and s.livemode = :livemode and s.team_id = t.id
				                        and s.at >= p.start and s.at < p.stop
				                     offset 0) s%s
				 where p.teams = t.told%s""".formatted(this.buckets.at("coalesce(p.at, s.at)"), apart,
				Figures.each("p.sign * s.%1$s as %1$s"), this.labels.besideSum(), wanted());
	}

	/** Whether there are some that tell teams apart, or some that do not. */
	boolean anyTells(boolean teams) {
		return levels().stream().anyMatch((level) -> level.tells(Kind.TEAM) == teams);
	}

	/** Return conditions that spare adding up what does not count. */
	private String wanted() {
		SelectionSql selection = new SelectionSql(this.query.selection());
		return (selection.filters(Kind.API_KEY) ? " and s.key_id = cast(:api_key as integer)" : "")
				+ this.prices.wanted() + this.labels.wanted();
	}

	private List<Level> levels() {
		return this.pieces.stream().map((piece) -> Objects.requireNonNull(piece.level())).toList();
	}

}
