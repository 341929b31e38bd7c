package io.wangateway.team;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/** A team as admins see it. */
record TeamView(TeamId id, String object, @JsonUnwrapped TeamSpec spec, Instant createdAt) {

	static TeamView of(Team team) {
		return new TeamView(team.id(), "team", team.spec(), team.createdAt());
	}

}
