package io.wangateway.operations;

import java.util.List;
import java.util.UUID;

import io.wangateway.web.ApiException;
import io.wangateway.web.Listing;
import io.wangateway.web.Paging;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.DataClassRowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Shows ops the upstream tasks that nobody claims.
 */
@RestController
class UnclaimedTasks {

	private final JdbcClient jdbc;

	UnclaimedTasks(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	@GetMapping("/v1/admin/unclaimed_tasks")
	Listing<UnclaimedTask> list(Paging paging) {
		return Listing.of(this.jdbc.sql("""
				select u.*
				  from unclaimed_task u
				 where :after::text is null
				    or (u.found_at, u.upstream_task_id) %s (select a.found_at, a.upstream_task_id
				                                             from unclaimed_task a
				                                            where a.upstream_task_id = :after)
				 order by u.found_at %2$s, u.upstream_task_id %2$s
				 limit :limit""".formatted(paging.isDescending() ? "<" : ">", paging.isDescending() ? "desc" : "asc"))
			.param("after", after(paging))
			.param("limit", paging.fetch())
			.query(DataClassRowMapper.newInstance(UnclaimedTask.class))
			.list(), paging, UnclaimedTask::upstreamTaskId);
	}

	private @Nullable String after(Paging paging) {
		String after = paging.after();
		if (after != null && this.jdbc.sql("select count(*) from unclaimed_task where upstream_task_id = :id")
			.param("id", after)
			.query(Integer.class)
			.single() == 0) {
			throw ApiException.invalid("after", "after must be the last_id of the page before");
		}
		return after;
	}

	/**
	 * Return those that a generation in doubt may be.
	 * @param generation the generation
	 * @return the tasks of its lane that were made while its attempt was under way
	 */
	List<UnclaimedTask> candidatesFor(UUID generation) {
		return this.jdbc.sql("""
				select u.*
				  from doubt_candidate c
				  join unclaimed_task u on u.upstream_task_id = c.upstream_task_id
				 where c.generation_id = :generation and not u.foreign_task
				 order by u.upstream_created_at""")
			.param("generation", generation)
			.query(DataClassRowMapper.newInstance(UnclaimedTask.class))
			.list();
	}

}
