package io.wangateway.usage;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.wangateway.usage.Dimension.Kind;

/**
 * The rows of a report in numbers, as SQL: sums and facts added up by what is told apart.
 * There may be tens of thousands of sums, and comparing words for each of them would take
 * twice as long. Each team's are added up for themselves, in a hash table that fits into
 * the processor's cache; one price stands for all that do not differ in what is told
 * apart.
 *
 * @param query the report
 * @param buckets its buckets that are wanted
 * @param facts what is added up beside sums
 * @param sums the sums
 * @param prices how they are told apart
 * @param labels how these are told apart
 * @param keyless whether something may be of no key, which is not one team's
 */
record AddedUp(UsageQuery query, Buckets buckets, FactSource facts, SumSource sums, Prices prices, Labels labels,
		boolean keyless) {

	private static final String HELD = "exact_sum(f.held) as held";

	/**
	 * Return the named queries that the rows are taken from.
	 * @param parameters where the query's parameters are put
	 */
	String named(Map<String, Object> parameters) {
		return "with %sfact as materialized (%s)%s".formatted(this.prices.named(),
				this.facts.isEmpty() ? "select 0 as team_id, '' as label where false" : facts(parameters),
				this.labels.named());
	}

	private String facts(Map<String, Object> parameters) {
		return """

				select f.bucket, %s as team_id, %s as key_id, %s as price_id, f.label, %s,
				%s
				  from %s(%s) f
				 where %s
				 group by 1, 2, 3, 4, 5""".formatted(byTeam() ? "f.team_id" : "0", byKey() ? "f.key_id" : "0",
				this.prices.of("f"), HELD, Figures.SUMS, this.prices.source(), this.facts.sql(parameters),
				selection().ofFact());
	}

	/**
	 * Return a query for the rows.
	 * @param parameters where the query's parameters are put
	 */
	String sql(Map<String, Object> parameters) {
		List<String> sources = new ArrayList<>();
		if (!this.sums.pieces().isEmpty()) {
			sources.add(this.sums.sql(columns(apartInSums()), parameters));
		}
		if (!this.facts.isEmpty()) {
			sources.add("select f.bucket%s, f.held, %s from %s f where f.team_id = t.id"
				.formatted(columns(apartInFacts()), Figures.each("f.%1$s"), this.labels.facts()));
		}
		String rows = """
				select t.id as team_id, u.*
				  from %s%s%s(%s) t
				 cross join lateral (%s
				                     offset 0) u""".formatted(this.prices.source(), this.labels.source(),
				this.buckets.source(), teams(parameters),
				addedUp(apartInSums().keySet(), String.join(" union all ", sources)));
		boolean isDone = tellsTeams() || !byTeam() || (byKey() && !this.keyless);
		return isDone ? rows : addedUp(apartInSums().keySet(), rows);
	}

	private static String addedUp(Set<String> apart, String rows) {
		String columns = apart.stream().map(", f."::concat).collect(Collectors.joining("", "f.bucket", ""));
		return """

				select %1$s, %2$s,
				%3$s
				  from (%4$s) f
				 group by %1$s""".formatted(columns, HELD, Figures.SUMS, rows);
	}

	/** Return what tells sums {@code s} apart beside bucket and team. */
	private Map<String, String> apartInSums() {
		Map<String, String> apart = new LinkedHashMap<>();
		if (byKey()) {
			apart.put("key_id", "s.key_id");
		}
		if (this.prices.areTold()) {
			apart.put("price_id", this.prices.of("s"));
		}
		if (this.query.isByLabel()) {
			apart.put("label", this.labels.ofSum());
		}
		return apart;
	}

	/** Return what tells facts {@code f} apart in the same columns. */
	private Map<String, String> apartInFacts() {
		Map<String, String> apart = apartInSums();
		apart.replaceAll((column, _) -> column.equals("label") ? this.labels.ofFact() : "f." + column);
		return apart;
	}

	private static String columns(Map<String, String> apart) {
		return apart.entrySet()
			.stream()
			.map((column) -> ", %s as %s".formatted(column.getValue(), column.getKey()))
			.collect(Collectors.joining());
	}

	/** Return whose sums are taken: the team 0 has those that tell no teams apart. */
	private String teams(Map<String, Object> parameters) {
		List<String> teams = new ArrayList<>();
		if (byTeam()) {
			teams.add("""
					select t.id, true as told
					  from known_team t
					 where %s and (%s or t.id in (select team_id from fact))%s""".formatted(selection().ofTeam(),
					selection().ofTeamWithLabels(), behind(parameters)));
		}
		if (byNoTeam()) {
			teams.add("select 0 as id, false as told");
		}
		return String.join(" union all ", teams);
	}

	/** Return a condition that spares teams that come before the page. */
	private String behind(Map<String, Object> parameters) {
		RowKey after = this.query.after();
		boolean isFirst = !this.query.groupBy().isEmpty() && this.query.groupBy().getFirst().kind() == Kind.TEAM;
		if (after == null || !isFirst || !this.buckets.slice().isOneBucket()
				|| this.buckets.slice().first() != after.bucket()) {
			return "";
		}
		parameters.put("firstTeam", after.group().getFirst());
		return " and t.id >= cast(:firstTeam as integer)";
	}

	/** Whether rows are of one team each, also that of no key. */
	private boolean tellsTeams() {
		return this.query.kinds().contains(Kind.TEAM) || selection().filters(Kind.API_KEY);
	}

	private boolean byTeam() {
		return tellsTeams() || this.sums.anyTells(true);
	}

	private boolean byNoTeam() {
		return !tellsTeams() && (this.sums.pieces().isEmpty() || this.sums.anyTells(false));
	}

	private boolean byKey() {
		return this.query.groupBy().stream().anyMatch((dimension) -> dimension.kind() == Kind.API_KEY);
	}

	private SelectionSql selection() {
		return new SelectionSql(this.query.selection());
	}

}
