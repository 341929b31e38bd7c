package io.wangateway.team;

import java.util.function.Function;
import java.util.regex.Pattern;

import io.wangateway.web.ApiException;
import io.wangateway.web.Paging;

import org.springframework.data.domain.Sort;

/**
 * A span of numeric ids, from which a page of a list is read.
 *
 * @param from the least id
 * @param to the greatest id
 * @param sort in which order
 */
record Ids(int from, int to, Sort sort) {

	private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,8}");

	/**
	 * Return where a page is found.
	 * @param paging what is asked for
	 * @param number how to read the number out of an id as callers write it
	 * @return the span
	 * @throws ApiException if {@code after} is no id
	 */
	static Ids of(Paging paging, Function<String, Integer> number) {
		String after = paging.after();
		Sort sort = Sort.by(paging.isDescending() ? Sort.Direction.DESC : Sort.Direction.ASC, "id");
		if (after == null) {
			return new Ids(0, Integer.MAX_VALUE, sort);
		}
		try {
			int last = number.apply(after);
			return paging.isDescending() ? new Ids(0, last - 1, sort) : new Ids(last + 1, Integer.MAX_VALUE, sort);
		}
		catch (IllegalArgumentException _) {
			throw ApiException.invalid("after", "after must be the last_id of the page before");
		}
	}

	/** Read the number out of an id such as {@code team_7}. */
	static int number(String prefix, String text) {
		String number = text.startsWith(prefix) ? text.substring(prefix.length()) : "";
		if (!NUMBER.matcher(number).matches()) {
			throw new IllegalArgumentException("An id is %s and a number".formatted(prefix));
		}
		return Integer.parseInt(number);
	}

}
