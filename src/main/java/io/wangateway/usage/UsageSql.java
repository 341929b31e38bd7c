package io.wangateway.usage;

import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
	 * @param rows what tells them apart in numbers
	 * @param closed the closed month whose names are used, or {@code null} for today's
	 * @param most how many rows are wanted
	 */
	static UsageSql of(UsageQuery query, AddedUp rows, @Nullable YearMonth closed, int most) {
		Map<String, Object> parameters = new HashMap<>();
		if (closed != null) {
			parameters.put("month", closed.atDay(1));
		}
		new SelectionSql(query.selection()).putInto(parameters);
		rows.buckets().putInto(parameters);
		query.groupBy()
			.stream()
			.filter(Dimension::isLabel)
			.forEach((dimension) -> parameters.put("label", dimension.label()));
		parameters.put("most", most);
		String number = rows.buckets().number("a");
		String text = """
				%s
				select f.*%s
				  from (select %s as bucket, %s, a.held%s
				          from (%s) a%s
				         where (a.tasks <> 0 or a.adjusted <> 0 or a.held <> 0) and %s%s) f%s
				 order by f.bucket%s""".formatted(rows.named(parameters), names(query, rows.labels()), number,
				Figures.each("a.%1$s"),
				each(query, (i, dimension) -> ", %s as %s".formatted(value(dimension), column(i))),
				rows.sql(parameters), isByPrice(query) ? "\n left join price p on p.id = a.price_id" : "",
				behind(query, number, rows.labels(), parameters), (most < Integer.MAX_VALUE) ? page(query, rows) : "",
				beside(query, rows.labels(), closed != null), each(query, (i, _) -> ", f." + column(i)));
		return new UsageSql(text, parameters);
	}

	/**
	 * Words and names come behind what ends a page. Each team's rows come together, so
	 * that those behind it need not be made if nothing comes before teams in their order.
	 */
	private static String page(UsageQuery query, AddedUp rows) {
		List<String> order = new ArrayList<>(rows.buckets().slice().isOneBucket() ? List.of() : List.of("a.bucket"));
		query.groupBy().forEach((dimension) -> order.add(value(dimension)));
		return order.isEmpty() ? "" : "\n order by %s\n limit :most".formatted(String.join(", ", order));
	}

	/** Return the name of the column that rows are sorted by for a dimension. */
	private static String column(int dimension) {
		return "k" + dimension;
	}

	/** Return the name of the column with the value of a dimension of the grouping. */
	static String column(UsageQuery query, int dimension) {
		return query.groupBy().get(dimension).isLabel() ? "word" : column(dimension);
	}

	private static String behind(UsageQuery query, String number, Labels labels, Map<String, Object> parameters) {
		RowKey after = query.after();
		if (after == null) {
			return "true";
		}
		parameters.put("bucket", after.bucket());
		return "(%s%s) > (:bucket%s)".formatted(number, each(query, (_, dimension) -> ", " + value(dimension)),
				each(query, (i, dimension) -> ", " + value(dimension, after.group().get(i), labels, parameters)));
	}

	private static String value(Dimension dimension, String value, Labels labels, Map<String, Object> parameters) {
		return switch (dimension.kind()) {
			case TEAM, API_KEY -> parameter(value, "integer", parameters);
			case MODEL, MODE, RESOLUTION, AUDIO -> parameter(value, "text", parameters);
			case LABEL -> labels.of(parameter(value, "text", parameters));
		};
	}

	private static String parameter(String value, String type, Map<String, Object> parameters) {
		String name = "p" + parameters.size();
		parameters.put(name, value);
		return "cast(:%s as %s)".formatted(name, type);
	}

	private static boolean isByPrice(UsageQuery query) {
		return query.groupBy().stream().map(Dimension::kind).anyMatch(Kind::isOfPrice);
	}

	/** Return what rows {@code a} are told apart and sorted by: never null. */
	private static String value(Dimension dimension) {
		return switch (dimension.kind()) {
			case TEAM -> "a.team_id";
			case API_KEY -> "a.key_id";
			case MODEL, MODE, RESOLUTION, AUDIO -> "coalesce(p.%s::text, '')".formatted(dimension.kind().code());
			case LABEL -> "a.label";
		};
	}

	private static String names(UsageQuery query, Labels labels) {
		return each(query, (i, dimension) -> switch (dimension.kind()) {
			case TEAM -> ", t.name as team_name";
			case API_KEY -> ", k.name as key_name";
			case MODEL, MODE, RESOLUTION, AUDIO -> "";
			case LABEL -> ", %s as word".formatted(labels.word("f." + column(i)));
		});
	}

	private static String beside(UsageQuery query, Labels labels, boolean closed) {
		return each(query, (i, dimension) -> switch (dimension.kind()) {
			case TEAM -> (closed ? "\n  left join closed_team t on t.month = :month and t.team_id = f.%s"
					: "\n  left join known_team t on t.id = f.%s")
				.formatted(column(i));
			case API_KEY -> (closed ? "\n  left join closed_key k on k.month = :month and k.key_id = f.%s"
					: "\n  left join known_key k on k.id = f.%s")
				.formatted(column(i));
			case MODEL, MODE, RESOLUTION, AUDIO -> "";
			case LABEL -> labels.besideRow("f." + column(i));
		});
	}

	private static String each(UsageQuery query, BiFunction<Integer, Dimension, String> part) {
		return IntStream.range(0, query.groupBy().size())
			.mapToObj((i) -> part.apply(i, query.groupBy().get(i)))
			.collect(Collectors.joining());
	}

}
