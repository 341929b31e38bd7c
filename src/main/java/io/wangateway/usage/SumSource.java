package io.wangateway.usage;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

import io.wangateway.usage.Dimension.Kind;

/**
 * The sums that a report is put together from, as SQL: team by team and piece by piece,
 * as their index has them. The fence {@code offset 0} keeps it so: without it the planner
 * may read all sums and join them, as for the thousand pieces of a year of days of
 * another zone, and that takes seconds.
 * <p>
 * There may be many, and many of them are alike in what is told apart: each team's are
 * added up by numbers first, where one price or label set stands for all that are alike.
 * That takes half the time of comparing words for each of them.
 *
 * @param pieces which sums are taken, at least one
 * @param query for which report
 * @param buckets its buckets that are wanted
 */
record SumSource(List<Piece> pieces, UsageQuery query, Buckets buckets) {

	/**
	 * The numbers as an array, 0 for what is not wanted, for as long as there are not so
	 * many that this takes longer than it spares.
	 */
	private static final String ALIKE = """
			(select array_agg(coalesce(a.alike, n.n) order by n.n)
			   from generate_series(1, (select max(id) from %1$s)) n
			   left join (select f.id, case when %2$s then min(f.id) over (partition by %2$s, %3$s) else 0 end as alike
			                from %1$s f) a on a.id = n.n
			  where (select max(id) from %1$s) <= 2000)""";

	private static final String PRICE = "coalesce(alike.prices[u.price_id], u.price_id)";

	private static final String LABELS = "coalesce(alike.labels[u.label_set_id], u.label_set_id)";

	/**
	 * Return a query for the sums of a selection, which is in the parameters already.
	 * @param parameters where the query's other parameters are put
	 */
	String sql(Map<String, Object> parameters) {
		List<Level> levels = this.pieces.stream().map((piece) -> Objects.requireNonNull(piece.level())).toList();
		parameters.put("levels", PieceArrays.of(levels.stream().map(Level::code)));
		parameters.put("sumTeams", PieceArrays.of(levels.stream().map((level) -> level.tells(Kind.TEAM))));
		PieceArrays.put("sum", this.pieces, parameters);
		return """
				select u.bucket, t.id as team_id, u.key_id, u.price_id, %s, 0::bigint as held, %s
				  from %s(%s) alike
				 cross join (%s) t
				 cross join lateral (%s) u%s
				""".formatted(Figures.each("u.%1$s"),
				byLabel() ? "l.labels, coalesce(l.label, '') as label" : "null::jsonb as labels, '' as label",
				this.buckets.source(), alike(), teams(levels), addedUp(), byLabel() ? labelSets() : "");
	}

	private String alike() {
		String none = "null::integer[]";
		String labels = byLabel() ? ALIKE.formatted("label_set", selection().ofLabels("f"), groupedLabel()) : none;
		String prices = byPrice() ? ALIKE.formatted("price", selection().ofPrice("f"), groupedPrice()) : none;
		return "select %s as labels, %s as prices offset 0".formatted(labels, prices);
	}

	/** Return whose sums are taken: the team 0 has those that tell no teams apart. */
	private String teams(List<Level> levels) {
		String teams = "select t.id, true as told from known_team t where " + selection().ofTeamWithSums();
		String none = "select 0 as id, false as told";
		return levels.stream().allMatch((level) -> level.tells(Kind.TEAM)) ? teams
				: levels.stream().noneMatch((level) -> level.tells(Kind.TEAM)) ? none : teams + " union all " + none;
	}

	/** Add up a team's sums that are alike. */
	private String addedUp() {
		return """

				select %s as bucket, %s as key_id, %s as price_id, %s as label_set_id,
				       %s
				  from unnest(cast(:levels as usage_level[]), cast(:sumTeams as boolean[]), cast(:sumSigns as bigint[]),
				              cast(:sumStarts as timestamptz[]), cast(:sumEnds as timestamptz[]),
				              cast(:sumTimes as timestamptz[])) p (level, teams, sign, start, stop, at)
				 cross join lateral (select *
				                       from usage_sum s
				                      where s.level = p.level and s.livemode = :livemode and s.team_id = t.id
				                        and s.at >= p.start and s.at < p.stop
				                     offset 0) u
				 where p.teams = t.told%s
				 group by 1, 2, 3, 4
				offset 0""".formatted(this.buckets.at("coalesce(p.at, u.at)"), isTold(Kind.API_KEY) ? "u.key_id" : "0",
				byPrice() ? PRICE : "0", byLabel() ? LABELS : "0", Figures.each("exact_sum(p.sign * u.%1$s) as %1$s"),
				wanted());
	}

	/** Join the texts, which are made once for each set and not for each of its sums. */
	private String labelSets() {
		return """

				left join (select f.id, f.labels, %s as label from label_set f offset 0) l on l.id = u.label_set_id"""
			.formatted(groupedLabel());
	}

	/** Return conditions that spare adding up what does not count. */
	private String wanted() {
		SelectionSql selection = selection();
		return (selection.filters(Kind.API_KEY) ? " and u.key_id = cast(:api_key as integer)" : "")
				+ (selection.filtersPrices() ? " and %s <> 0".formatted(PRICE) : "")
				+ (selection.filters(Kind.LABEL) ? " and %s <> 0".formatted(LABELS) : "");
	}

	private SelectionSql selection() {
		return new SelectionSql(this.query.selection());
	}

	private String groupedLabel() {
		return SelectionSql.groupedLabel(this.query, "f");
	}

	private String groupedPrice() {
		return this.query.groupBy()
			.stream()
			.map(Dimension::kind)
			.filter(Kind::isOfPrice)
			.map((kind) -> ", f." + kind.code())
			.collect(Collectors.joining("", "true", ""));
	}

	private boolean byLabel() {
		return isTold(Kind.LABEL);
	}

	private boolean byPrice() {
		return this.query.kinds().stream().anyMatch(Kind::isOfPrice);
	}

	private boolean isTold(Kind kind) {
		return this.query.kinds().contains(kind);
	}

}
