package io.wangateway.team;

/**
 * Identifies a key of a team.
 *
 * @param value the number it has in the database
 */
public record KeyId(int value) {

	/** Return the id as callers see it, such as {@code key_7}. */
	@Override
	public String toString() {
		return "key_" + this.value;
	}

}
