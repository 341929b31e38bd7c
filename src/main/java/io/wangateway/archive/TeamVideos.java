package io.wangateway.archive;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;

import io.wangateway.generation.GenerationId;
import io.wangateway.generation.GenerationState;
import io.wangateway.team.Caller.TeamCaller;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Looks up whether a task is a team's own, and whether it has ended.
 */
@Component
class TeamVideos {

	private final JdbcClient jdbc;

	TeamVideos(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Find one of a team's tasks.
	 * @param caller the team
	 * @param idOrBusinessId our id or the team's own
	 * @return the task, unless there is none or it is another team's
	 */
	Optional<Found> find(TeamCaller caller, String idOrBusinessId) {
		Optional<GenerationId> id = GenerationId.parse(idOrBusinessId);
		return this.jdbc
			.sql("select id, state from generation where team_id = :team and livemode = :livemode and "
					+ (id.isPresent() ? "id = :id" : "client_business_id = :id"))
			.param("team", caller.team().value())
			.param("livemode", caller.livemode())
			.param("id", id.<Object>map(GenerationId::value).orElse(idOrBusinessId))
			.query(TeamVideos::found)
			.optional();
	}

	private static Found found(ResultSet row, int number) throws SQLException {
		return new Found(new GenerationId(row.getObject("id", UUID.class)),
				GenerationState.valueOf(row.getString("state")));
	}

	/**
	 * A task of the team.
	 *
	 * @param id the task
	 * @param state where it is in its life
	 */
	record Found(GenerationId id, GenerationState state) {

		boolean isEnded() {
			return this.state.isEnded();
		}

		/** Return the status that callers see. */
		String status() {
			return this.state.status().code();
		}

	}

}
