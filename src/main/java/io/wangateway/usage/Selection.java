package io.wangateway.usage;

import java.util.Map;
import java.util.Objects;

import io.wangateway.team.TeamId;
import org.jspecify.annotations.Nullable;

/**
 * Which tasks a report counts.
 *
 * @param team whose, or {@code null} for all teams'
 * @param livemode whether live ones or those of the sandbox
 * @param filters the value that they have in common in each other dimension, as SQL
 * writes it
 */
record Selection(@Nullable TeamId team, boolean livemode, Map<Dimension, String> filters) {

	/** Return whose tasks count, where that is one team's. */
	TeamId teamId() {
		return Objects.requireNonNull(this.team, "All teams' tasks count");
	}

}
