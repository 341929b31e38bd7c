package io.wangateway.operations;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import io.wangateway.generation.GenerationId;
import io.wangateway.web.ApiException;
import io.wangateway.web.Paging;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Finds generations of all teams, in the order of their acceptance.
 */
@Component
class TaskSearch {

	private static final String SELECT = "select g.*, g.labels::text as labels_text from generation_record g where ";

	private static final int FEW = 600;

	private final JdbcClient jdbc;

	private final JsonMapper json;

	private final TaskSummaries summaries;

	private final TextSearch texts;

	private final Clock clock;

	TaskSearch(JdbcClient jdbc, JsonMapper json, TextSearch texts, Clock clock) {
		this.jdbc = jdbc;
		this.json = json;
		this.summaries = new TaskSummaries(json);
		this.texts = texts;
		this.clock = clock;
	}

	/**
	 * Read a page.
	 * @param wanted which generations
	 * @param paging which page of them
	 * @return one more than the page holds, if there are so many
	 */
	@Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
	public List<TaskSummary> list(TaskFilter wanted, Paging paging) {
		TaskFilter filter = narrowed(wanted.bounded(this.clock));
		TaskConditions conditions = new TaskConditions(filter, paging, after(paging));
		List<UUID> ids = ids(filter, conditions, paging);
		return this.jdbc.sql(SELECT + "g.id = any (:ids)" + conditions.order("g.id"))
			.param("ids", ids.toArray(UUID[]::new))
			.query(this.summaries)
			.list();
	}

	/**
	 * What has not ended is not older than the first of it, however long words are kept.
	 */
	private TaskFilter narrowed(TaskFilter filter) {
		return (filter.isByWords() && filter.isUnderWay()) ? filter.notBefore(oldestUnderWay()) : filter;
	}

	/** Return when the oldest of what has not ended was accepted; now, if all has. */
	private Instant oldestUnderWay() {
		return this.jdbc.sql("select id from front_generation order by id limit 1")
			.query((row, _) -> row.getObject(1, UUID.class))
			.optional()
			.map((id) -> Instant.ofEpochMilli(id.getMostSignificantBits() >>> 16).minus(TaskConditions.CLOCKS))
			.orElse(this.clock.instant());
	}

	private List<UUID> ids(TaskFilter filter, TaskConditions conditions, Paging paging) {
		boolean labelled = !filter.labels().isEmpty();
		boolean few = (labelled || filter.q() != null) && filter.team() != null && areFew(conditions);
		String labels = labelled ? this.json.writeValueAsString(filter.labels()) : null;
		if (filter.q() != null) {
			conditions.and("g.labels @> :labels::jsonb", "labels", labels);
			return this.texts.ids(filter, conditions, few, paging);
		}
		if (labels != null && !few) {
			conditions.parameters().put("labels", labels);
			return query(TaskPages.byLabels(filter, conditions, paging), conditions);
		}
		conditions.and("g.labels @> :labels::jsonb", "labels", labels);
		return query(TaskPages.sql(filter, conditions), conditions);
	}

	/**
	 * Whether a team's tasks of the time are so few that reading them is the shortest
	 * way.
	 */
	private boolean areFew(TaskConditions conditions) {
		return query("select g.id from generation_record g where %s limit %d".formatted(conditions.sql(), FEW + 1),
				conditions)
			.size() <= FEW;
	}

	private List<UUID> query(String sql, TaskConditions conditions) {
		return this.jdbc.sql(sql)
			.params(conditions.parameters())
			.query((row, _) -> row.getObject(1, UUID.class))
			.list();
	}

	/**
	 * Find one.
	 * @param id which
	 * @return it, of whatever team
	 */
	Optional<TaskSummary> find(GenerationId id) {
		return this.jdbc.sql(SELECT + "g.id = :id").param("id", id.value()).query(this.summaries).optional();
	}

	private static @Nullable UUID after(Paging paging) {
		String after = paging.after();
		return (after != null) ? GenerationId.parse(after)
			.map(GenerationId::value)
			.orElseThrow(() -> ApiException.invalid("after", "after must be the id of a task, such as last_id has it"))
				: null;
	}

}
