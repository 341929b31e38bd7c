package io.wangateway.pricing;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Identifies a price.
 *
 * @param value the number it has in the database
 */
record PriceId(int value) {

	private static final Pattern FORM = Pattern.compile("price_([1-9][0-9]{0,8})");

	/**
	 * Read an id as callers write it.
	 * @param text such as {@code price_7}
	 * @return the id, which need not be any price's
	 * @throws IllegalArgumentException if this is no id of a price
	 */
	static PriceId of(String text) {
		Matcher matcher = FORM.matcher(text);
		if (!matcher.matches()) {
			throw new IllegalArgumentException("An id is price_ and a number");
		}
		return new PriceId(Integer.parseInt(matcher.group(1)));
	}

	/** Return the id as callers see it, such as {@code price_7}. */
	@Override
	@JsonValue
	public String toString() {
		return "price_" + this.value;
	}

}
