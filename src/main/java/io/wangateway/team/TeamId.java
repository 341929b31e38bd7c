package io.wangateway.team;

/**
 * Identifies a team.
 *
 * @param value the number it has in the database
 */
public record TeamId(int value) {

	/** Return the id as callers see it, such as {@code team_7}. */
	@Override
	public String toString() {
		return "team_" + this.value;
	}

}
