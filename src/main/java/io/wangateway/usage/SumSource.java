package io.wangateway.usage;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

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
record SumSource(List<Piece> pieces, Set<Dimension> told) {

	private static final String SUMS = """
			select *
			  from usage_sum s
			 where s.level = p.level and s.livemode = :livemode and s.team_id = t.id and s.at >= p.start and s.at < p.stop
			offset 0""";

	private static final String PIECES = """
			unnest(cast(:levels as usage_level[]), cast(:sumTeams as boolean[]), cast(:sumSigns as bigint[]),
			       cast(:sumStarts as timestamptz[]), cast(:sumEnds as timestamptz[]),
			       cast(:sumTimes as timestamptz[])) p (level, teams, sign, start, stop, at)""";

	/**
	 * The numbers as an array, for as long as there are not so many that this takes
	 * longer than it spares.
	 */
	private static final String ALIKE = """
			select array_agg(coalesce(a.alike, n.n) order by n.n)
			  from generate_series(1, (select max(id) from %1$s)) n
			  left join (select id, min(id) over (partition by %2$s) as alike from %1$s) a on a.id = n.n
			 where (select max(id) from %1$s) <= 2000""";

	/**
	 * Return a query for the sums of a selection, which is in the parameters already.
	 * @param parameters where the query's other parameters are put
	 */
	String sql(Map<String, Object> parameters) {
		List<Level> levels = this.pieces.stream().map((piece) -> Objects.requireNonNull(piece.level())).toList();
		parameters.put("levels", PieceArrays.of(levels.stream().map(Level::code)));
		parameters.put("sumTeams", PieceArrays.of(levels.stream().map((level) -> level.tells(Kind.TEAM))));
		PieceArrays.put("sum", this.pieces, parameters);
		List<String> labels = this.told.stream().filter(Dimension::isLabel).map(Dimension::label).toList();
		boolean haveOneTime = this.pieces.stream().allMatch((piece) -> piece.at() != null);
		if (haveOneTime && !labels.isEmpty()) {
			return alikeTogether(labels, parameters);
		}
		return oneByOne(!labels.isEmpty());
	}

	private static String oneByOne(boolean labelled) {
		return """
				select coalesce(p.at, u.at) as at, u.team_id, u.key_id, u.price_id, %s, 0::bigint as held, %s as labels
				  from %s
				 cross join lateral (select t.id from known_team t
				                      where p.teams and (cast(:team as integer) is null or t.id = :team)
				                      union all
				                     select 0 where not p.teams) t
				 cross join lateral (%s) u%s
				""".formatted(Figures.each("p.sign * u.%1$s as %1$s"), labelled ? "l.labels" : "null::jsonb", PIECES,
				SUMS, labelled ? "\n  left join label_set l on l.id = u.label_set_id" : "");
	}

	/**
	 * Sums of labels are many, and many of them are alike in what is told apart: first
	 * each team's are added up by numbers, one of which stands for all labels or prices
	 * that are alike. That takes half the time of comparing words for each of them.
	 */
	private String alikeTogether(List<String> labels, Map<String, Object> parameters) {
		String byLabels = IntStream.range(0, labels.size()).mapToObj((i) -> {
			parameters.put("label" + i, labels.get(i));
			return "labels ->> cast(:label%d as text)".formatted(i);
		}).collect(Collectors.joining(", "));
		String byPrice = this.told.stream()
			.map(Dimension::kind)
			.filter(Kind::isOfPrice)
			.map(Kind::code)
			.collect(Collectors.joining(", "));
		boolean byKey = this.told.stream().anyMatch((dimension) -> dimension.kind() == Kind.API_KEY);
		return """
				select u.at, t.id as team_id, u.key_id, u.price_id, %s, 0::bigint as held, l.labels
				  from (select (%s) as labels, (%s) as prices offset 0) alike
				 cross join known_team t
				 cross join lateral (select p.at, %s as key_id,
				                            coalesce(alike.prices[u.price_id], u.price_id) as price_id,
				                            coalesce(alike.labels[u.label_set_id], u.label_set_id) as label_set_id, %s
				                       from %s
				                      cross join lateral (%s) u
				                      group by 1, 2, 3, 4
				                     offset 0) u
				  left join label_set l on l.id = u.label_set_id
				 where (cast(:team as integer) is null or t.id = :team)
				""".formatted(Figures.each("u.%1$s"), ALIKE.formatted("label_set", byLabels),
				ALIKE.formatted("price", byPrice.isEmpty() ? "true" : byPrice), byKey ? "u.key_id" : "0",
				Figures.each("exact_sum(p.sign * u.%1$s) as %1$s"), PIECES, SUMS);
	}

}
