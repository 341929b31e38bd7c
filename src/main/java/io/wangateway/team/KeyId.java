package io.wangateway.team;

import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Identifies a key of a team.
 *
 * @param value the number it has in the database
 */
public record KeyId(int value) {

	private static final String PREFIX = "key_";

	/**
	 * Read an id as callers write it.
	 * @param text such as {@code key_7}
	 * @return the id, which need not be any key's
	 * @throws IllegalArgumentException if this is no id of a key
	 */
	public static KeyId of(String text) {
		return new KeyId(Ids.number(PREFIX, text));
	}

	/** Return the id as callers see it, such as {@code key_7}. */
	@Override
	@JsonValue
	public String toString() {
		return PREFIX + this.value;
	}

}
