package io.wangateway.operations;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

import io.wangateway.generation.GenerationId;
import io.wangateway.generation.GenerationState;
import io.wangateway.web.Paging;
import org.jspecify.annotations.Nullable;

/**
 * What a filter and a page ask of generations {@code g}, as SQL: only what was asked for,
 * so that the planner knows.
 */
final class TaskConditions {

	/** By how much the clocks of a replica and of the database may differ. */
	static final Duration CLOCKS = Duration.ofMinutes(5);

	private final StringBuilder sql = new StringBuilder("true");

	private final Map<String, Object> parameters = new HashMap<>();

	private final boolean descending;

	TaskConditions(TaskFilter filter, Paging paging, @Nullable UUID after) {
		this.descending = paging.isDescending();
		this.parameters.put("limit", paging.fetch());
		and("g.team_id = :team", "team", (filter.team() != null) ? filter.team().value() : null);
		and("g.livemode = :livemode", "livemode", filter.livemode());
		and("g.state = any (:states)", "states",
				(filter.status() != null) ? GenerationState.namesOf(filter.status()) : null);
		and("g.state = :state", "state", (filter.state() != null) ? filter.state().name() : null);
		and("g.model = :model", "model", filter.model());
		and("g.mode = :mode", "mode", (filter.mode() != null) ? filter.mode().code() : null);
		and("g.lane = :lane", "lane", filter.lane());
		and("g.error_code = :errorCode", "errorCode", filter.errorCode());
		and("g.upstream_code = :upstreamCode", "upstreamCode", filter.upstreamCode());
		and("g.upstream_task_id = :upstreamTaskId", "upstreamTaskId", filter.upstreamTaskId());
		and("g.id = any (array(select id from answered_generation where upstream_request_id = :upstreamRequestId))",
				"upstreamRequestId", filter.upstreamRequestId());
		and("g.client_business_id = :businessId", "businessId", filter.clientBusinessId());
		created(filter.createdAfter(), filter.createdBefore());
		and(this.descending ? "g.id < :after" : "g.id > :after", "after", after);
	}

	/** By the id, which has an index, and then by the time itself. */
	private void created(@Nullable Instant after, @Nullable Instant before) {
		if (after != null) {
			and("g.id >= :firstId", "firstId", GenerationId.lowestAt(after.minus(CLOCKS)).value());
			and("g.created_at >= :createdAfter", "createdAfter", after.atOffset(ZoneOffset.UTC));
		}
		if (before != null) {
			and("g.id < :lastId", "lastId", GenerationId.lowestAt(before.plus(CLOCKS)).value());
			and("g.created_at < :createdBefore", "createdBefore", before.atOffset(ZoneOffset.UTC));
		}
	}

	/** Add a condition, unless there is nothing that it compares with. */
	void and(String condition, String name, @Nullable Object value) {
		if (value != null) {
			this.sql.append(" and ").append(condition);
			this.parameters.put(name, value);
		}
	}

	/** Return the conditions. */
	String sql() {
		return this.sql.toString();
	}

	/** Return the conditions that are about ids, for a column. */
	String ids(String column) {
		StringBuilder ids = new StringBuilder("true");
		Map.of("firstId", ">=", "lastId", "<", "after", this.descending ? "<" : ">").forEach((name, than) -> {
			if (this.parameters.containsKey(name)) {
				ids.append(" and %s %s :%s".formatted(column, than, name));
			}
		});
		return ids.toString();
	}

	/** Return an order by a column, as it was asked for. */
	String order(String column) {
		return " order by " + column + (this.descending ? " desc" : "");
	}

	/** Return the parameters of the conditions, and the {@code limit}. */
	Map<String, Object> parameters() {
		return this.parameters;
	}

}
