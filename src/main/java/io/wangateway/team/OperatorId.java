package io.wangateway.team;

import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Identifies an operator.
 *
 * @param value the number they have in the database
 */
record OperatorId(int value) {

	private static final String PREFIX = "op_";

	/**
	 * Read an id as callers write it.
	 * @param text such as {@code op_7}
	 * @return the id, which need not be any operator's
	 * @throws IllegalArgumentException if this is no id of an operator
	 */
	public static OperatorId of(String text) {
		return new OperatorId(Ids.number(PREFIX, text));
	}

	/** Return the id as callers see it, such as {@code op_7}. */
	@Override
	@JsonValue
	public String toString() {
		return PREFIX + this.value;
	}

}
