package io.wangateway.web;

import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Which part of a list is asked for. A controller method that takes one knows the query
 * parameters {@code limit}, {@code after} and {@code order}.
 *
 * @param limit how many entries at most, 1 to 100
 * @param after the id behind which the page starts, or {@code null} to start at the front
 * @param order from which end the list is read
 */
public record Paging(int limit, @Nullable String after, Order order) {

	/** The most entries of a page. */
	public static final int MAX_LIMIT = 100;

	static final int DEFAULT_LIMIT = 20;

	static final Set<String> NAMES = Set.of("limit", "after", "order");

	/**
	 * Return how many entries to read: one more than the page holds, which tells whether
	 * another page follows.
	 */
	public int fetch() {
		return this.limit + 1;
	}

	/** Whether the newest entries come first. */
	public boolean isDescending() {
		return this.order == Order.DESC;
	}

	/** The end from which a list is read. */
	public enum Order {

		/** Oldest first. */
		ASC,

		/** Newest first. */
		DESC

	}

}
