package io.wangateway.usage;

import java.time.YearMonth;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

/**
 * The statement that adds up rows of a report. What callers send is in its parameters
 * only.
 *
 * @param text the statement
 * @param parameters by name
 */
record UsageSql(String text, Map<String, Object> parameters) {

	/** What stands before a label's value, to tell the empty label from none. */
	static final String LABEL_PRESENT = "=";

	/**
	 * Make the statement.
	 * @param query the report
	 * @param slice the buckets that are wanted
	 * @param source where their facts are taken from
	 * @param closed the closed month whose names are used, or {@code null} for today's
	 * @param most how many rows are wanted
	 */
	static UsageSql of(UsageQuery query, Slice slice, FactSource source, @Nullable YearMonth closed, int most) {
		Map<String, Object> parameters = new HashMap<>();
		if (closed != null) {
			parameters.put("month", closed.atDay(1));
		}
		parameters.put("buckets", Timestamps.array(slice.starts()));
		parameters.put("before", slice.first() - 1);
		parameters.put("most", most);
		String columns = each(query, (i, _) -> ", f." + column(i));
		String text = """
				select f.*%s
				  from (select :before + width_bucket(f.at, b.starts) as bucket%s,
				%s,
				               coalesce(sum(f.held), 0) as held
				          from (select cast(:buckets as timestamptz[]) as starts offset 0) b
				         cross join (%s) f%s
				         where true%s
				         group by 1%s) f
				 where %s
				 order by f.bucket%s
				 limit :most""".formatted(each(query, (i, dimension) -> name(dimension, column(i), closed != null)),
				each(query, (i, dimension) -> ", %s as %s".formatted(expression(dimension, parameters), column(i))),
				Figures.SUMS.indent(15).stripTrailing(), source.sql(query.selection(), parameters), joins(query),
				conditions(query.selection(), parameters), each(query, (i, _) -> ", " + (i + 2)),
				behind(query, columns, parameters), columns);
		return new UsageSql(text, parameters);
	}

	/** Return the name of the column with the value of a dimension of the grouping. */
	static String column(int dimension) {
		return "k" + dimension;
	}

	private static String joins(UsageQuery query) {
		return query.kinds().stream().anyMatch(UsageSql::isOfPrice) ? "\nleft join price p on p.id = f.price_id" : "";
	}

	private static boolean isOfPrice(Dimension.Kind kind) {
		return switch (kind) {
			case MODEL, MODE, RESOLUTION, AUDIO -> true;
			case TEAM, API_KEY, LABEL -> false;
		};
	}

	private static String conditions(Selection selection, Map<String, Object> parameters) {
		return selection.filters()
			.entrySet()
			.stream()
			.map((filter) -> " and %s = %s".formatted(expression(filter.getKey(), parameters),
					value(filter.getKey(), filter.getValue(), parameters)))
			.collect(Collectors.joining());
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

	/** Return what a fact is told apart by: never null, empty where it does not apply. */
	private static String expression(Dimension dimension, Map<String, Object> parameters) {
		return switch (dimension.kind()) {
			case TEAM -> "f.team_id";
			case API_KEY -> "f.key_id";
			case MODEL -> "coalesce(p.model, '')";
			case MODE -> "coalesce(p.mode, '')";
			case RESOLUTION -> "coalesce(p.resolution, '')";
			case AUDIO -> "coalesce(p.audio::text, '')";
			case LABEL -> "coalesce('%s' || (f.labels ->> %s), '')".formatted(LABEL_PRESENT,
					parameter(dimension.label(), "text", parameters));
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
