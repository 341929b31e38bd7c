package io.wangateway.operations;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

import io.wangateway.generation.GenerationId;
import io.wangateway.generation.GenerationState;
import io.wangateway.web.ApiException;
import io.wangateway.web.ErrorCode;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.DataClassRowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Gathers all that is known of one generation.
 */
@Component
class TaskDetails {

	private final JdbcClient jdbc;

	private final TaskSearch search;

	private final UnclaimedTasks unclaimed;

	TaskDetails(JdbcClient jdbc, TaskSearch search, UnclaimedTasks unclaimed) {
		this.jdbc = jdbc;
		this.search = search;
		this.unclaimed = unclaimed;
	}

	/**
	 * Get one, as it is at one moment.
	 * @param id which
	 * @return all that is known of it
	 * @throws ApiException if there is none
	 */
	@Transactional(readOnly = true)
	TaskDetail get(GenerationId id) {
		TaskSummary task = this.search.find(id)
			.orElseThrow(() -> new ApiException(ErrorCode.TASK_NOT_FOUND, "There is no task " + id));
		More more = of(id, "select due_at, polls, billed_seconds, explanation, request::text from generation_record"
				+ " where id = :id", More.class)
			.getFirst();
		return new TaskDetail(task, more.dueAt(), more.polls(), more.billedSeconds(), more.explanation(),
				more.request(), of(id, """
						select from_state as "from", to_state as "to", at, cause, http_status, upstream_code,
						       upstream_message, upstream_request_id, replica
						  from recorded_step where generation_id = :id order by id""", TaskDetail.Step.class),
				of(id, """
						select replica, claimed_at, gave_up_at, outcome, http_status, upstream_code,
						       upstream_request_id, upstream_task_id, late
						  from recorded_attempt where generation_id = :id order by id""", TaskDetail.Attempt.class),
				of(id, """
						select kind, amount, to_char(month, 'YYYY-MM') as month, posted_at, reason, actor
						  from recorded_entry where generation_id = :id order by id""", TaskDetail.Entry.class),
				candidates(id, task.state()));
	}

	private @Nullable List<UnclaimedTask> candidates(GenerationId id, GenerationState state) {
		return (state == GenerationState.IN_DOUBT) ? this.unclaimed.candidatesFor(id.value()) : null;
	}

	private <T> List<T> of(GenerationId id, String sql, Class<T> type) {
		return this.jdbc.sql(sql).param("id", id.value()).query(DataClassRowMapper.newInstance(type)).list();
	}

	private record More(@Nullable Instant dueAt, int polls, @Nullable BigDecimal billedSeconds,
			@Nullable String explanation, @Nullable String request) {
	}

}
