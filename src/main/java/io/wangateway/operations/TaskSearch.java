package io.wangateway.operations;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

import io.wangateway.generation.GenerationId;
import io.wangateway.generation.GenerationState;
import io.wangateway.pricing.Money;
import io.wangateway.team.KeyId;
import io.wangateway.team.TeamId;
import io.wangateway.web.ApiException;
import io.wangateway.web.Paging;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Finds generations of all teams. Ids sort by the time of acceptance, so that every page
 * of every search is read from an index in its order, however deep it lies.
 */
@Component
class TaskSearch {

	private static final String SELECT = "select g.*, g.labels::text as labels_text from generation_record g where true";

	private static final TypeReference<Map<String, String>> LABELS = new TypeReference<>() {
	};

	/** By how much the clocks of a replica and of the database may differ. */
	private static final Duration CLOCKS = Duration.ofMinutes(5);

	private final JdbcClient jdbc;

	private final JsonMapper json;

	private final Clock clock;

	TaskSearch(JdbcClient jdbc, JsonMapper json, Clock clock) {
		this.jdbc = jdbc;
		this.json = json;
		this.clock = clock;
	}

	/**
	 * Read a page.
	 * @param wanted which generations
	 * @param paging which page of them
	 * @return one more than the page holds, if there are so many
	 */
	List<TaskSummary> list(TaskFilter wanted, Paging paging) {
		TaskFilter filter = wanted.bounded(this.clock);
		Conditions where = new Conditions();
		where.and("g.team_id = :team", "team", (filter.team() != null) ? filter.team().value() : null);
		where.and("g.livemode = :livemode", "livemode", filter.livemode());
		where.and("g.state = any (:states)", "states",
				(filter.status() != null) ? GenerationState.namesOf(filter.status()) : null);
		where.and("g.state = :state", "state", (filter.state() != null) ? filter.state().name() : null);
		where.and("g.model = :model", "model", filter.model());
		where.and("g.mode = :mode", "mode", (filter.mode() != null) ? filter.mode().code() : null);
		where.and("g.lane = :lane", "lane", filter.lane());
		where.and("g.error_code = :errorCode", "errorCode", filter.errorCode());
		where.and("g.upstream_code = :upstreamCode", "upstreamCode", filter.upstreamCode());
		where.and("g.upstream_task_id = :upstreamTaskId", "upstreamTaskId", filter.upstreamTaskId());
		where.and("g.upstream_request_id = :upstreamRequestId", "upstreamRequestId", filter.upstreamRequestId());
		where.and("g.client_business_id = :businessId", "businessId", filter.clientBusinessId());
		created(where, filter.createdAfter(), filter.createdBefore());
		where.and("g.labels @> :labels::jsonb", "labels",
				filter.labels().isEmpty() ? null : this.json.writeValueAsString(filter.labels()));
		where.and("(g.request ->> 'prompt' ilike :q or g.error_message ilike :q or g.upstream_message ilike :q)", "q",
				(filter.q() != null) ? "%" + filter.q().replaceAll("([\\\\%_])", "\\\\$1") + "%" : null);
		where.and(paging.isDescending() ? "g.id < :after" : "g.id > :after", "after", after(paging));
		return this.jdbc
			.sql(SELECT + where.sql + (paging.isDescending() ? " order by g.id desc" : " order by g.id")
					+ " limit :limit")
			.params(where.params)
			.param("limit", paging.fetch())
			.query(this::summary)
			.list();
	}

	/**
	 * Find one.
	 * @param id which
	 * @return it, of whatever team
	 */
	Optional<TaskSummary> find(GenerationId id) {
		return this.jdbc.sql(SELECT + " and g.id = :id").param("id", id.value()).query(this::summary).optional();
	}

	/** By the id, which has an index, and then by the time itself. */
	private static void created(Conditions where, @Nullable Instant after, @Nullable Instant before) {
		if (after != null) {
			where.and("g.id >= :firstId", "firstId", GenerationId.lowestAt(after.minus(CLOCKS)).value());
			where.and("g.created_at >= :createdAfter", "createdAfter", after.atOffset(ZoneOffset.UTC));
		}
		if (before != null) {
			where.and("g.id < :lastId", "lastId", GenerationId.lowestAt(before.plus(CLOCKS)).value());
			where.and("g.created_at < :createdBefore", "createdBefore", before.atOffset(ZoneOffset.UTC));
		}
	}

	private static @Nullable UUID after(Paging paging) {
		String after = paging.after();
		return (after != null) ? GenerationId.parse(after)
			.map(GenerationId::value)
			.orElseThrow(() -> ApiException.invalid("after", "after must be the id of a task, such as last_id has it"))
				: null;
	}

	private TaskSummary summary(ResultSet row, int number) throws SQLException {
		GenerationState state = GenerationState.valueOf(row.getString("state"));
		String labels = row.getString("labels_text");
		return new TaskSummary(new GenerationId(row.getObject("id", UUID.class)),
				new TaskSummary.TeamName(new TeamId(row.getInt("team_id")), row.getString("team_name")),
				new TaskSummary.KeyName(new KeyId(row.getInt("key_id")), row.getString("key_name")),
				row.getString("model"), row.getString("mode"), row.getString("lane"), row.getBoolean("livemode"), state,
				state.status(), row.getString("resolution"), row.getBoolean("audio"), row.getInt("seconds"),
				row.getString("client_business_id"), (labels != null) ? this.json.readValue(labels, LABELS) : null,
				Objects.requireNonNull(instant(row, "created_at")), instant(row, "submitted_at"),
				instant(row, "started_at"), instant(row, "ended_at"), row.getString("upstream_task_id"),
				row.getString("upstream_request_id"), row.getBoolean("provisional") ? true : null,
				row.getBoolean("cancel_requested") ? true : null, row.getString("error_code"),
				row.getString("error_message"), row.getString("upstream_code"), row.getString("upstream_message"),
				new Money(row.getBigDecimal("maximum_cost")),
				(row.getBigDecimal("charged") != null) ? new Money(row.getBigDecimal("charged")) : null,
				Money.CURRENCY);
	}

	private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
		OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
		return (time != null) ? time.toInstant() : null;
	}

	/** What was asked for, as SQL: only what was, so that the planner knows. */
	private static final class Conditions {

		private final StringBuilder sql = new StringBuilder();

		private final Map<String, Object> params = new HashMap<>();

		void and(String condition, String name, @Nullable Object value) {
			if (value != null) {
				this.sql.append(" and ").append(condition);
				this.params.put(name, value);
			}
		}

	}

}
