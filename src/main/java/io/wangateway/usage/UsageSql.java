package io.wangateway.usage;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The statement that adds up a report. What callers send is in its parameters only.
 *
 * @param text the statement
 * @param parameters by name
 */
record UsageSql(String text, Map<String, Object> parameters) {

	/** What stands before a label's value, to tell the empty label from none. */
	static final String LABEL_PRESENT = "=";

	private static final String FACTS = """
			with fact as (
			    select g.id, g.settled_at as at, g.team_id, g.key_id, g.model, g.mode, g.resolution, g.audio,
			           1 as tasks, (g.state = 'SUCCEEDED')::integer as completed,
			           (g.state = 'CANCELLED')::integer as cancelled, g.seconds, g.billed_seconds,
			           g.maximum_cost as gross, g.charged, 0 as adjusted, 0 as held
			      from settled_generation g
			     where g.settled_at >= :start and g.settled_at < :end and g.livemode = :livemode
			     union all
			    select a.id, a.posted_at, a.team_id, a.key_id, a.model, a.mode, a.resolution, a.audio,
			           0, 0, 0, 0, 0, 0, 0, a.amount, 0
			      from posted_adjustment a
			     where a.posted_at >= :start and a.posted_at < :end and a.livemode = :livemode
			     union all
			    -- What is held is held now, so it is shown in the bucket nearest to now.
			    select o.id, greatest(:start, least(:last, books_now())), o.team_id, o.key_id, o.model, o.mode,
			           o.resolution, o.audio, 0, 0, 0, 0, 0, 0, 0, 0, o.maximum_cost
			      from outstanding_generation o
			     where o.livemode = :livemode
			)
			""";

	/** Return the statement for a query. Its first row is the total, with bucket 0. */
	static UsageSql of(UsageQuery query) {
		Map<String, Object> parameters = new HashMap<>();
		TimeAxis time = query.time();
		parameters.put("livemode", query.selection().livemode());
		parameters.put("start", time.range().start().atOffset(ZoneOffset.UTC));
		parameters.put("end", time.range().end().atOffset(ZoneOffset.UTC));
		parameters.put("last", time.buckets().getLast().atOffset(ZoneOffset.UTC));
		parameters.put("buckets",
				time.buckets().stream().map(Instant::toString).collect(Collectors.joining(",", "{", "}")));
		parameters.put("rows", query.limit() + 2);
		return new UsageSql(FACTS + grouped(query, parameters) + page(query, parameters), parameters);
	}

	/** Return the name of the column with the value of a dimension of the grouping. */
	static String column(int dimension) {
		return "k" + dimension;
	}

	private static String grouped(UsageQuery query, Map<String, Object> parameters) {
		return """
				, grouped as (
				    select width_bucket(f.at, cast(:buckets as timestamptz[])) as bucket%s,
				%s
				      from fact f %s
				     where true%s
				     group by bucket%s
				)
				""".formatted(
				each(query, (i, dimension) -> ", %s as %s".formatted(expression(dimension, parameters), column(i))),
				Figures.SUMS.indent(11).stripTrailing(),
				query.isByLabel() ? "left join generation_content c on c.generation_id = f.id" : "",
				conditions(query.selection(), parameters), each(query, (i, _) -> ", " + column(i)));
	}

	private static String page(UsageQuery query, Map<String, Object> parameters) {
		String columns = each(query, (i, _) -> ", f." + column(i));
		RowKey after = query.after();
		if (after != null) {
			parameters.put("bucket", after.bucket());
		}
		return """
				select coalesce(f.bucket, 0) as bucket%s%s,
				%s
				  from grouped f
				 group by grouping sets ((f.bucket%s), ())
				having grouping(f.bucket) = 1%s
				 order by f.bucket nulls first%s
				 limit :rows
				""".formatted(columns, each(query, (i, dimension) -> name(dimension, column(i))),
				Figures.SUMS.indent(7).stripTrailing(), columns,
				(after != null)
						? " or (f.bucket%s) > (:bucket%s)".formatted(columns,
								each(query,
										(i, dimension) -> ", " + value(dimension, after.group().get(i), parameters)))
						: " or true",
				columns);
	}

	private static String conditions(Selection selection, Map<String, Object> parameters) {
		StringBuilder conditions = new StringBuilder();
		if (selection.team() != null) {
			conditions.append(" and f.team_id = :team");
			parameters.put("team", selection.team().value());
		}
		selection.filters()
			.forEach((dimension, value) -> conditions.append(
					" and %s = %s".formatted(expression(dimension, parameters), value(dimension, value, parameters))));
		return conditions.toString();
	}

	/** Return what a fact is told apart by: never null, empty where it does not apply. */
	private static String expression(Dimension dimension, Map<String, Object> parameters) {
		return switch (dimension.kind()) {
			case TEAM -> "f.team_id";
			case API_KEY -> "coalesce(f.key_id, 0)";
			case MODEL -> "coalesce(f.model, '')";
			case MODE -> "coalesce(f.mode, '')";
			case RESOLUTION -> "coalesce(f.resolution, '')";
			case AUDIO -> "coalesce(f.audio::text, '')";
			case LABEL -> "coalesce('%s' || (c.labels ->> %s), '')".formatted(LABEL_PRESENT,
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

	private static String name(Dimension dimension, String column) {
		return switch (dimension.kind()) {
			case TEAM -> ", (select t.name from team t where t.id = f.%s) as team_name".formatted(column);
			case API_KEY -> ", (select k.name from api_key k where k.id = f.%s) as key_name".formatted(column);
			case MODEL, MODE, RESOLUTION, AUDIO, LABEL -> "";
		};
	}

	private static String each(UsageQuery query, BiFunction<Integer, Dimension, String> part) {
		return IntStream.range(0, query.groupBy().size())
			.mapToObj((i) -> part.apply(i, query.groupBy().get(i)))
			.collect(Collectors.joining());
	}

}
