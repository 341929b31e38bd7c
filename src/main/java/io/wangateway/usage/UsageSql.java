package io.wangateway.usage;

import java.time.YearMonth;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.wangateway.usage.Dimension.Kind;
import org.jspecify.annotations.Nullable;

/**
 * The statement that adds up rows of a report. What callers send is in its parameters
 * only.
 *
 * @param text the statement
 * @param parameters by name
 */
record UsageSql(String text, Map<String, Object> parameters) {

	/**
	 * Make the statement.
	 * @param query the report
	 * @param source where their facts are taken from
	 * @param closed the closed month whose names are used, or {@code null} for today's
	 * @param most how many rows are wanted
	 */
	static UsageSql of(UsageQuery query, FactSource source, @Nullable YearMonth closed, int most) {
		Map<String, Object> parameters = new HashMap<>();
		if (closed != null) {
			parameters.put("month", closed.atDay(1));
		}
		new SelectionSql(query.selection()).putInto(parameters);
		source.buckets().putInto(parameters);
		query.groupBy()
			.stream()
			.filter(Dimension::isLabel)
			.forEach((dimension) -> parameters.put("label", dimension.label()));
		parameters.put("most", most);
		String columns = each(query, (i, _) -> ", f." + column(i));
		String text = """
				select f.*%s
				  from (select a.*%s
				          from (%s) a%s) f
				 where (f.tasks <> 0 or f.adjusted <> 0 or f.held <> 0) and %s
				 order by f.bucket%s
				 limit :most""".formatted(each(query, (i, dimension) -> name(dimension, column(i), closed != null)),
				each(query, (i, dimension) -> shown(dimension, column(i))), sums(query, source, parameters),
				isByPrice(query) ? "\n left join price p on p.id = a.like_id" : "", behind(query, columns, parameters),
				columns);
		return new UsageSql(text, parameters);
	}

	/**
	 * Add up what shall be told apart by numbers: words come after, as comparing them for
	 * each fact would cost more than adding it. One price stands for all that do not
	 * differ in what is told apart.
	 */
	private static String sums(UsageQuery query, FactSource source, Map<String, Object> parameters) {
		Set<String> apart = new LinkedHashSet<>();
		for (int i = 0; i < query.groupBy().size(); i++) {
			apart.add(apart(query.groupBy().get(i), column(i)));
		}
		return """
				select %s as bucket%s,
				%s,
				       exact_sum(f.held) as held
				  from (%s) f%s
				 where %s
				 group by 1%s""".formatted(source.buckets().number("f"),
				apart.stream().map(", "::concat).collect(Collectors.joining()), Figures.SUMS.indent(7).stripTrailing(),
				source.sql(parameters), isByPrice(query) ? likePrices(query) : "",
				new SelectionSql(query.selection()).ofFact(),
				IntStream.range(2, 2 + apart.size()).mapToObj((i) -> ", " + i).collect(Collectors.joining()));
	}

	private static String likePrices(UsageQuery query) {
		return """

				left join (select q.id, min(q.id) over (partition by %s) as like_id from price q) l
				  on l.id = f.price_id""".formatted(query.groupBy()
			.stream()
			.filter((dimension) -> dimension.kind().isOfPrice())
			.map((dimension) -> "q." + dimension.kind().code())
			.collect(Collectors.joining(", ")));
	}

	/** Return the name of the column with the value of a dimension of the grouping. */
	static String column(int dimension) {
		return "k" + dimension;
	}

	private static boolean isByPrice(UsageQuery query) {
		return query.groupBy().stream().map(Dimension::kind).anyMatch(Kind::isOfPrice);
	}

	private static String behind(UsageQuery query, String columns, Map<String, Object> parameters) {
		RowKey after = query.after();
		if (after == null) {
			return "true";
		}
		parameters.put("bucket", after.bucket());
		return "(f.bucket%s) > (:bucket%s)".formatted(columns,
				each(query, (i, dimension) -> ", " + value(dimension, after.group().get(i), parameters)));
	}

	/** Return the column of sums that tells facts apart. */
	private static String apart(Dimension dimension, String column) {
		return switch (dimension.kind()) {
			case TEAM -> "f.team_id";
			case API_KEY -> "f.key_id";
			case MODEL, MODE, RESOLUTION, AUDIO -> "l.like_id";
			case LABEL -> "f.label as " + column;
		};
	}

	/** Return it as it is shown: never null, empty where it does not apply. */
	private static String shown(Dimension dimension, String column) {
		return switch (dimension.kind()) {
			case TEAM -> ", a.team_id as " + column;
			case API_KEY -> ", a.key_id as " + column;
			case MODEL, MODE, RESOLUTION, AUDIO ->
				", coalesce(p.%s::text, '') as %s".formatted(dimension.kind().code(), column);
			case LABEL -> "";
		};
	}

	private static String value(Dimension dimension, String value, Map<String, Object> parameters) {
		return switch (dimension.kind()) {
			case TEAM, API_KEY -> parameter(value, "integer", parameters);
			case MODEL, MODE, RESOLUTION, AUDIO, LABEL -> parameter(value, "text", parameters);
		};
	}

	private static String parameter(String value, String type, Map<String, Object> parameters) {
		String name = "p" + parameters.size();
		parameters.put(name, value);
		return "cast(:%s as %s)".formatted(name, type);
	}

	private static String name(Dimension dimension, String column, boolean closed) {
		return switch (dimension.kind()) {
			case TEAM -> ", (select t.name from %s and t.%s = f.%s) as team_name".formatted(
					closed ? "closed_team t where t.month = :month" : "known_team t where true",
					closed ? "team_id" : "id", column);
			case API_KEY -> ", (select k.name from %s and k.%s = f.%s) as key_name".formatted(
					closed ? "closed_key k where k.month = :month" : "known_key k where true", closed ? "key_id" : "id",
					column);
			case MODEL, MODE, RESOLUTION, AUDIO, LABEL -> "";
		};
	}

	private static String each(UsageQuery query, BiFunction<Integer, Dimension, String> part) {
		return IntStream.range(0, query.groupBy().size())
			.mapToObj((i) -> part.apply(i, query.groupBy().get(i)))
			.collect(Collectors.joining());
	}

}
