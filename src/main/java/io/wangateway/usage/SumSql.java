package io.wangateway.usage;

import io.wangateway.usage.Dimension.Kind;
import org.jspecify.annotations.Nullable;

/**
 * The statement that adds up facts to the sums of a level. Its parameters are the
 * {@code units} of time by their starts, their {@code stops}, which of them are the
 * {@code firsts} of a month and which are others {@code inMonth}, where the first begins
 * ({@code start}) and where the last ends ({@code end}). The fence {@code offset 0} keeps
 * the array from being parsed for every fact.
 */
final class SumSql {

	/**
	 * The facts themselves, team by team, as their index has them; the fence keeps it so.
	 */
	private static final String FACTS = """
			select x.*
			  from known_team t
			 cross join (values (true), (false)) l (livemode)
			 cross join lateral (select *
			                       from usage_fact_in_units u
			                      where u.team_id = t.id and u.livemode = l.livemode and u.at >= :start and u.at < :end
			                     offset 0) x""";

	private static final String LABELS = """

			left join generation_content c on c.generation_id = f.id
			left join label_set s on s.labels = c.labels""";

	private static final String LABEL_SET = "case when c.labels is null then 0 else s.id end";

	/** What sums have. */
	static final String COLUMNS = """
			at, level, team_id, key_id, price_id, label_set_id, livemode, tasks, completed, cancelled, seconds, billed_seconds,
			gross, charged, adjusted""";

	/** Numbers labels that have none yet, and keeps whose they are. */
	static final String NEW_LABEL_SETS = """
			with seen as materialized (
			    select distinct f.team_id, c.labels
			      from (%s) f
			      join generation_content c on c.generation_id = f.id
			     where c.labels is not null),
			numbered as (
			    insert into label_set (labels)
			    select distinct n.labels from seen n where not exists (select from label_set s where s.labels = n.labels)
			    returning id, labels)
			insert into label_set_team (label_set_id, team_id)
			select s.id, n.team_id
			  from seen n
			  join (select id, labels from label_set union all table numbered) s on s.labels = n.labels
			    on conflict do nothing"""
		.formatted(FACTS);

	private static final String SUMS = Figures.SUMS.indent(7).stripTrailing();

	private SumSql() {
	}

	/** Return a query for the sums of a level, of the same time. */
	static String sums(Level level) {
		return sums(level,
				(level.grain() == Grain.MONTH_TO_DATE) ? "at > :start and at <= :end" : "at >= :start and at < :end");
	}

	private static String sums(Level level, String times) {
		return """
				select %s
				  from usage_sum
				 where level = '%s' and livemode in (true, false) and team_id = any (%s) and %s""".formatted(COLUMNS,
				level.code(), level.tells(Kind.TEAM) ? "array(select id from known_team)" : "'{0}'", times);
	}

	/**
	 * Return a query for rows like those of {@code usage_sum}.
	 * @param level what the sums tell apart
	 * @param source what is added up, {@code null} for facts
	 */
	static String of(Level level, @Nullable Level source) {
		return switch (level.grain()) {
			case MONTH_TO_DATE -> toDate(level, source);
			case REST_OF_MONTH -> restOfMonth(level, source);
			case QUARTER, HOUR, SIX_HOURS, DAY, WEEK, MONTH -> ofUnits(level, source);
		};
	}

	/** Add the sums of days to what came before of their months. */
	private static String toDate(Level level, @Nullable Level source) {
		return """
				select u.stop as at, cast('%s' as usage_level) as level, f.team_id, f.key_id, f.price_id, f.livemode,
				       f.label_set_id,
				%s
				  from unnest(cast(:units as timestamptz[]), cast(:stops as timestamptz[])) u (start, stop)
				  join (select %s from (%s) d union all %s) f on f.at = u.start
				 group by 1, 3, 4, 5, 6, 7""".formatted(level.code(), SUMS, COLUMNS, days(level, source),
				sums(level, "at = any (cast(:inMonth as timestamptz[]))"));
	}

	/** Add up the sums of days and of all that come after in their months. */
	private static String restOfMonth(Level level, @Nullable Level source) {
		return """
				select u.start as at, cast('%s' as usage_level) as level, f.team_id, f.key_id, f.price_id, f.livemode,
				       f.label_set_id,
				%s
				  from (select cast(:firsts as timestamptz[]) as firsts offset 0) m
				 cross join unnest(cast(:units as timestamptz[])) u (start)
				  join (%s) f on width_bucket(f.at, m.firsts) = width_bucket(u.start, m.firsts) and f.at >= u.start
				 group by 1, 3, 4, 5, 6, 7""".formatted(level.code(), SUMS, days(level, source));
	}

	private static String days(Level level, @Nullable Level source) {
		return (source != null) ? sums(source) : ofUnits(level.of(Grain.DAY), null);
	}

	private static String ofUnits(Level level, @Nullable Level source) {
		boolean labelled = level.tells(Kind.LABEL);
		boolean ofFacts = source == null;
		return """
				select u.units[width_bucket(f.at, u.units)] as at, cast('%s' as usage_level) as level, %s as team_id,
				       %s as key_id, %s as price_id, f.livemode,
				       %s as label_set_id,
				%s
				  from (select cast(:units as timestamptz[]) as units offset 0) u
				 cross join (%s) f%s
				 group by 1, 3, 4, 5, 6, 7""".formatted(level.code(), level.tells(Kind.TEAM) ? "f.team_id" : "0",
				level.tells(Kind.API_KEY) ? "f.key_id" : "0", level.tells(Kind.MODEL) ? "f.price_id" : "0",
				labelled ? ofFacts ? LABEL_SET : "f.label_set_id" : "0", SUMS, (source == null) ? FACTS : sums(source),
				labelled && ofFacts ? LABELS : "");
	}

}
