package io.wangateway.web;

import java.time.YearMonth;
import java.util.regex.Pattern;

/**
 * Reads months as callers write them, such as {@code 2026-11}. Java would take years that
 * no database can keep.
 */
public final class CalendarMonth {

	private static final Pattern FORM = Pattern.compile("20[0-9]{2}-(0[1-9]|1[0-2])");

	private CalendarMonth() {
	}

	/**
	 * Read a month.
	 * @param text such as {@code 2026-11}
	 * @return the month
	 * @throws IllegalArgumentException if this is no month of this century
	 */
	public static YearMonth of(String text) {
		if (!FORM.matcher(text).matches()) {
			throw new IllegalArgumentException("A month is written as 2026-11");
		}
		return YearMonth.parse(text);
	}

}
