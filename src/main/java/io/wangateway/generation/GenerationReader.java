package io.wangateway.generation;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import io.wangateway.database.Together;
import io.wangateway.team.Caller.TeamCaller;
import io.wangateway.web.ApiException;
import io.wangateway.web.Paging;
import jakarta.annotation.PreDestroy;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Looks up a team's generations for its eyes. One statement and no entity, since this is
 * what is called most.
 */
@Component
public class GenerationReader {

	/** Many are read at once only where many are asked for at the same time. */
	private static final int MOST_TOGETHER = 64;

	private static final String COLUMNS = """
			select g.id, g.model, g.mode, g.resolution, g.seconds, g.audio, g.price_id, g.unit_price, g.estimated_cost,
			       g.maximum_cost, g.client_business_id, g.created_at, g.state, g.cancel_requested, g.progress,
			       g.started_at, g.ended_at, g.upstream_code, g.upstream_request_id, g.error_code, g.error_message,
			       g.charged, g.billed_seconds, g.explanation, g.livemode,
			       g.video_size, encode(g.video_sha256, 'hex') as video_sha256,
			       c.request::text as request, c.labels::text as labels, c.trace_id,
			       g.lane, g.team_id, case when g.state = 'QUEUED' then queue_position(g) end as position
			""";

	private static final String SELECT = COLUMNS + """
			  from generation g
			  left join generation_content c on c.generation_id = g.id
			 where g.team_id = :team and g.livemode = :livemode
			""";

	private static final String SELECT_ASKED = COLUMNS + """
			     , asked.number::integer
			  from unnest(:ids, :teams, :livemodes) with ordinality asked (id, team_id, livemode, number)
			  join generation g
			    on g.id = asked.id and g.team_id = asked.team_id and g.livemode = asked.livemode
			  left join generation_content c on c.generation_id = g.id
			""";

	private final JdbcClient jdbc;

	private final GenerationRow row;

	private final Together<Asked, Optional<GenerationView>> together;

	GenerationReader(JdbcClient jdbc, GenerationRow row) {
		this.jdbc = jdbc;
		this.row = row;
		this.together = new Together<>("reader", MOST_TOGETHER,
				(asked) -> find(asked).stream().map(Optional::of).toList(), (asked) -> find(List.of(asked)).getFirst());
	}

	@PreDestroy
	void stop() {
		this.together.close();
	}

	/**
	 * Look how one of a team's generations stands, outside any transaction.
	 * @param caller the team
	 * @param idOrBusinessId our id or the team's own
	 * @return the generation
	 * @throws ApiException if there is none, or it is another team's
	 */
	GenerationView look(TeamCaller caller, String idOrBusinessId) {
		return GenerationId.parse(idOrBusinessId)
			.map((id) -> this.together.ask(new Asked(id.value(), caller.team().value(), caller.livemode())))
			.orElseGet(() -> find(caller, idOrBusinessId))
			.orElseThrow(() -> GenerationController.notFound(idOrBusinessId));
	}

	/**
	 * Get one of a team's generations.
	 * @param caller the team
	 * @param idOrBusinessId our id or the team's own
	 * @return the generation
	 * @throws ApiException if there is none, or it is another team's
	 */
	public GenerationView get(TeamCaller caller, String idOrBusinessId) {
		return find(caller, idOrBusinessId).orElseThrow(() -> GenerationController.notFound(idOrBusinessId));
	}

	/**
	 * Find one of a team's generations.
	 * @param caller the team
	 * @param idOrBusinessId our id or the team's own
	 * @return the generation, unless there is none or it is another team's
	 */
	Optional<GenerationView> find(TeamCaller caller, String idOrBusinessId) {
		Optional<GenerationId> id = GenerationId.parse(idOrBusinessId);
		return this.jdbc.sql(SELECT + (id.isPresent() ? " and g.id = :id" : " and g.client_business_id = :id"))
			.param("team", caller.team().value())
			.param("livemode", caller.livemode())
			.param("id", id.<Object>map(GenerationId::value).orElse(idOrBusinessId))
			.query(this.row)
			.optional();
	}

	/** What callers of one team or of several ask for at the same time. */
	private List<Optional<GenerationView>> find(List<Asked> asked) {
		List<Optional<GenerationView>> found = new ArrayList<>(Collections.nCopies(asked.size(), Optional.empty()));
		this.jdbc.sql(SELECT_ASKED)
			.param("ids", asked.stream().map(Asked::id).toArray(UUID[]::new))
			.param("teams", asked.stream().map(Asked::team).toArray(Integer[]::new))
			.param("livemodes", asked.stream().map(Asked::livemode).toArray(Boolean[]::new))
			.query((row) -> {
				int number = row.getInt("number") - 1;
				found.set(number, Optional.of(this.row.mapRow(row, number)));
			});
		return found;
	}

	/**
	 * Find several.
	 * @param caller the team
	 * @param ids our ids
	 * @return those that are this team's, in no particular order
	 */
	List<GenerationView> find(TeamCaller caller, List<GenerationId> ids) {
		return this.jdbc.sql(SELECT + " and g.id = any (:ids)")
			.param("team", caller.team().value())
			.param("livemode", caller.livemode())
			.param("ids", ids.stream().map(GenerationId::value).toArray(UUID[]::new))
			.query(this.row)
			.list();
	}

	/**
	 * Read a page of a team's generations.
	 * @param caller the team
	 * @param filter which of them
	 * @param paging which page
	 * @return one more than the page holds, if there are so many
	 */
	List<GenerationView> list(TeamCaller caller, GenerationFilter filter, Paging paging) {
		StringBuilder sql = new StringBuilder(SELECT);
		Map<String, Object> params = new HashMap<>();
		if (filter.status() != null) {
			and(sql, params, "g.state = any (:states)", "states", GenerationState.namesOf(filter.status()));
		}
		if (filter.mode() != null) {
			and(sql, params, "g.mode = :mode", "mode", filter.mode().code());
		}
		if (filter.createdAfter() != null) {
			and(sql, params, "g.created_at >= :createdAfter", "createdAfter", time(filter.createdAfter()));
		}
		if (filter.createdBefore() != null) {
			and(sql, params, "g.created_at < :createdBefore", "createdBefore", time(filter.createdBefore()));
		}
		for (Map.Entry<String, String> label : filter.labels().entrySet()) {
			String name = "label" + params.size();
			and(sql, params, "c.labels ->> :%sName = :%s".formatted(name, name), name, label.getValue());
			params.put(name + "Name", label.getKey());
		}
		if (filter.after() != null) {
			and(sql, params, paging.isDescending() ? "g.id < :after" : "g.id > :after", "after",
					filter.after().value());
		}
		sql.append(paging.isDescending() ? " order by g.id desc" : " order by g.id").append(" limit :limit");
		return this.jdbc.sql(sql.toString())
			.param("team", caller.team().value())
			.param("livemode", caller.livemode())
			.param("limit", paging.fetch())
			.params(params)
			.query(this.row)
			.list();
	}

	private static void and(StringBuilder sql, Map<String, Object> params, String condition, String name,
			Object value) {
		sql.append(" and ").append(condition);
		params.put(name, value);
	}

	private static OffsetDateTime time(Instant instant) {
		return instant.atOffset(ZoneOffset.UTC);
	}

	/** Whose generation is asked for. */
	private record Asked(UUID id, int team, boolean livemode) {
	}

}
