package io.wangateway.team;

import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Identifies a team.
 *
 * @param value the number it has in the database
 */
public record TeamId(int value) {

	private static final String PREFIX = "team_";

	/**
	 * Read an id as callers write it.
	 * @param text such as {@code team_7}
	 * @return the id, which need not be any team's
	 * @throws IllegalArgumentException if this is no id of a team
	 */
	public static TeamId of(String text) {
		return new TeamId(Ids.number(PREFIX, text));
	}

	/** Return the id as callers see it, such as {@code team_7}. */
	@Override
	@JsonValue
	public String toString() {
		return PREFIX + this.value;
	}

}
