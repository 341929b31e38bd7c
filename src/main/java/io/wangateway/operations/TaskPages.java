package io.wangateway.operations;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

import io.wangateway.generation.FailureCode;
import io.wangateway.generation.GenerationState;
import io.wangateway.web.Paging;

/**
 * Finds the SQL for the ids of a page that costs no more the deeper the page lies and the
 * rarer what is looked for: from an index in the order of ids, or, where an index has
 * them in order only for each of several values, from the fronts of these.
 */
final class TaskPages {

	private static final Set<GenerationState> UNSUCCESSFUL = EnumSet.of(GenerationState.FAILED,
			GenerationState.CANCELLED, GenerationState.LOST);

	private static final String SOURCE = "searched_generation g";

	private static final long DAY = 86_400_000;

	private TaskPages() {
	}

	/**
	 * Return the ids of a page and one more.
	 * @param filter what is looked for
	 * @param conditions the same as SQL
	 */
	static String sql(TaskFilter filter, TaskConditions conditions) {
		if (!filter.labels().isEmpty()) {
			return byTeam(filter, "generation_record g", conditions);
		}
		if (filter.upstreamTaskId() != null || filter.upstreamRequestId() != null) {
			return page(SOURCE, conditions);
		}
		if (filter.clientBusinessId() != null) {
			return byTeam(filter, SOURCE, conditions);
		}
		if (filter.upstreamCode() != null || filter.errorCode() != null) {
			return page(SOURCE, conditions);
		}
		Set<GenerationState> states = filter.states();
		if (UNSUCCESSFUL.containsAll(states)) {
			return byErrorCode(states, conditions);
		}
		if (filter.isUnderWay()) {
			return underWay(filter, conditions);
		}
		boolean narrow = filter.team() != null || filter.livemode() != null || filter.lane() != null;
		return narrow ? byTeam(filter, SOURCE, conditions) : page(SOURCE, conditions);
	}

	private static String page(String source, TaskConditions conditions) {
		return page(source, "true", conditions);
	}

	private static String page(String source, String condition, TaskConditions conditions) {
		return "select g.id from %s where %s and %s%s limit :limit".formatted(source, condition, conditions.sql(),
				conditions.order("g.id"));
	}

	/** The best of the first of each. */
	private static String merged(String each, String source, String condition, TaskConditions conditions) {
		return "select p.id from (%s) e cross join lateral (%s) p%s limit :limit".formatted(each,
				page(source, condition, conditions), conditions.order("p.id"));
	}

	private static String byTeam(TaskFilter filter, String source, TaskConditions conditions) {
		return merged(
				"""
						select t.id as team_id, l.livemode
						  from known_team t
						 cross join (values (true), (false)) l (livemode)
						 where %s and %s and %s""".formatted((filter.team() != null) ? "t.id = :team" : "true",
						(filter.livemode() != null) ? "l.livemode = :livemode" : "true",
						(filter.lane() != null)
								? "l.livemode = (select k.livemode from known_lane k where k.name = :lane)" : "true"),
				source, "g.team_id = e.team_id and g.livemode = e.livemode", conditions);
	}

	private static String byErrorCode(Set<GenerationState> states, TaskConditions conditions) {
		String codes = Arrays.stream(FailureCode.values()).filter((code) -> switch (code) {
			case REQUEST_CANCELLED -> states.contains(GenerationState.CANCELLED);
			case RESULT_LOST -> states.contains(GenerationState.LOST);
			default -> states.contains(GenerationState.FAILED);
		}).map((code) -> "('" + code.code() + "')").collect(Collectors.joining(", "));
		return codes.isEmpty() ? page(SOURCE, conditions)
				: merged("select * from (values %s) c (error_code)".formatted(codes), SOURCE,
						"g.error_code = e.error_code", conditions);
	}

	/**
	 * What waits may be much, and is read from the front of each queue; what holds a slot
	 * is little, and the fence {@code offset 0} keeps the planner from looking for it
	 * among all others.
	 */
	private static String underWay(TaskFilter filter, TaskConditions conditions) {
		String inProcessing = page("""
				(select *
				   from searched_generation
				  where state in ('SUBMITTING', 'SUBMITTED', 'RUNNING', 'IN_DOUBT')
				 offset 0) g""", conditions);
		if (!filter.states().contains(GenerationState.QUEUED)) {
			return inProcessing;
		}
		String queued = merged(
				"select q.lane, q.team_id from known_queue q where %s and %s".formatted(
						(filter.team() != null) ? "q.team_id = :team" : "true",
						(filter.lane() != null) ? "q.lane = :lane" : "true"),
				SOURCE, "g.state = 'QUEUED' and g.lane = e.lane and g.team_id = e.team_id", conditions);
		return "select p.id from ((%s) union all (%s)) p%s limit :limit".formatted(queued, inProcessing,
				conditions.order("p.id"));
	}

	/**
	 * Return the ids of a page and one more of those with the {@code labels} among the
	 * parameters, day by day, as far as is needed. The fences {@code offset 0} keep the
	 * planner from walking through a day in the order of ids, from reading the ids of a
	 * whole month beside, and from reading more than a page of the tasks themselves.
	 */
	static String byLabels(TaskFilter filter, TaskConditions conditions, Paging paging) {
		conditions.parameters().put("days", days(filter, conditions, paging.isDescending()));
		return """
				select * from (
				select p.id
				  from (select label_terms(d.day, :labels::jsonb) as terms
				          from unnest(:days) with ordinality d (day, number)
				         order by d.number
				        offset 0) e
				 cross join lateral (select l.id
				                       from (select l.id
				                               from labelled_generation l
				                              where l.terms @> e.terms and l.labels @> :labels::jsonb
				                             offset 0) l
				                      where %s%s
				                     offset 0) l
				 cross join lateral (select g.id from searched_generation g where g.id = l.id and %s offset 0) p
				 limit :limit) p%s""".formatted(conditions.ids("l.id"), conditions.order("l.id"), conditions.sql(),
				conditions.order("p.id"));
	}

	/**
	 * Return the days on which ids of the page may have been made, its first day first.
	 */
	private static Long[] days(TaskFilter filter, TaskConditions conditions, boolean descending) {
		long first = day(Objects.requireNonNull(filter.createdAfter()).toEpochMilli()) - 1;
		long last = day(Objects.requireNonNull(filter.createdBefore()).toEpochMilli()) + 1;
		if (conditions.parameters().get("after") instanceof UUID after) {
			long at = day(after.getMostSignificantBits() >>> 16);
			first = descending ? first : Math.max(first, at);
			last = descending ? Math.min(last, at) : last;
		}
		List<Long> days = LongStream.rangeClosed(first, last).boxed().collect(Collectors.toCollection(ArrayList::new));
		return (descending ? days.reversed() : days).toArray(Long[]::new);
	}

	private static long day(long millis) {
		return Math.floorDiv(millis, DAY);
	}

}
