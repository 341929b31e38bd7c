package io.wangateway.alert;

import com.fasterxml.jackson.annotation.JsonValue;
import io.wangateway.web.ApiException;

/**
 * Identifies an alert.
 *
 * @param value the number it has in the database
 */
record AlertId(int value) {

	private static final String PREFIX = "alert_";

	/**
	 * Read an id as callers write it.
	 * @param text such as {@code alert_7}
	 * @return the id, which need not be any alert's
	 * @throws IllegalArgumentException if this is no id of an alert
	 */
	public static AlertId of(String text) {
		if (!text.matches(PREFIX + "[1-9][0-9]{0,8}")) {
			throw new IllegalArgumentException("An id is %s and a number".formatted(PREFIX));
		}
		return new AlertId(Integer.parseInt(text.substring(PREFIX.length())));
	}

	/** Read the id behind which a page starts. */
	static AlertId after(String text) {
		try {
			return of(text);
		}
		catch (IllegalArgumentException _) {
			throw ApiException.invalid("after", "after must be the last_id of the page before");
		}
	}

	/** Return the id as callers see it, such as {@code alert_7}. */
	@Override
	@JsonValue
	public String toString() {
		return PREFIX + this.value;
	}

}
