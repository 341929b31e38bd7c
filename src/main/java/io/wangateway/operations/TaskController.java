package io.wangateway.operations;

import java.time.Instant;
import java.util.Map;

import io.wangateway.catalogue.Mode;
import io.wangateway.generation.GenerationId;
import io.wangateway.generation.GenerationState;
import io.wangateway.generation.PublicStatus;
import io.wangateway.team.TeamId;
import io.wangateway.web.AcceptsParameters;
import io.wangateway.web.ApiException;
import io.wangateway.web.ErrorCode;
import io.wangateway.web.Listing;
import io.wangateway.web.Paging;
import org.jspecify.annotations.Nullable;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Shows operators the generations of all teams.
 */
@RestController
@RequestMapping("/v1/admin/tasks")
class TaskController {

	private final TaskSearch search;

	private final TaskDetails details;

	TaskController(TaskSearch search, TaskDetails details) {
		this.search = search;
		this.details = details;
	}

	@GetMapping
	@AcceptsParameters("label:*")
	Listing<TaskSummary> list(Paging paging, @RequestParam(required = false) @Nullable TeamId team,
			@RequestParam(required = false) @Nullable Boolean livemode,
			@RequestParam(required = false) @Nullable PublicStatus status,
			@RequestParam(required = false) @Nullable GenerationState state,
			@RequestParam(required = false) @Nullable String model, @RequestParam(required = false) @Nullable Mode mode,
			@RequestParam(required = false) @Nullable String lane,
			@RequestParam(name = "error_code", required = false) @Nullable String errorCode,
			@RequestParam(name = "upstream_code", required = false) @Nullable String upstreamCode,
			@RequestParam(name = "upstream_task_id", required = false) @Nullable String upstreamTaskId,
			@RequestParam(name = "upstream_request_id", required = false) @Nullable String upstreamRequestId,
			@RequestParam(name = "client_business_id", required = false) @Nullable String clientBusinessId,
			@RequestParam(required = false) @Nullable String q,
			@RequestParam(name = "created_after", required = false) @Nullable Instant createdAfter,
			@RequestParam(name = "created_before", required = false) @Nullable Instant createdBefore,
			@RequestParam Map<String, String> parameters) {
		TaskFilter filter = new TaskFilter(team, livemode, status, state, model, mode, lane, errorCode, upstreamCode,
				upstreamTaskId, upstreamRequestId, clientBusinessId, q, createdAfter, createdBefore,
				TaskFilter.labels(parameters));
		return Listing.of(this.search.list(filter, paging), paging, (task) -> task.id().toString());
	}

	@GetMapping("/{id}")
	TaskDetail get(@PathVariable String id) {
		return this.details.get(known(id));
	}

	/**
	 * Read the id in a path.
	 * @param id what the operator wrote
	 * @return the id
	 * @throws ApiException if no task can have it
	 */
	static GenerationId known(String id) {
		return GenerationId.parse(id)
			.orElseThrow(() -> new ApiException(ErrorCode.TASK_NOT_FOUND, "There is no task " + id));
	}

}
