package io.wangateway.dashscope;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * What to search the task list for. DashScope searches at most 24 hours at once, and the
 * last 24 hours if neither end is given.
 *
 * @param model the upstream model, or {@code null} for all
 * @param from the beginning of the window, to the second
 * @param to the end of the window, to the second
 * @param status DashScope's word, such as {@code RUNNING}, or {@code null} for all
 * @param page the number of the page, from 1
 */
public record TaskQuery(@Nullable String model, @Nullable Instant from, @Nullable Instant to, @Nullable String status,
		int page) {

	/**
	 * Search for the tasks of a model in a window.
	 * @param model the upstream model
	 * @param from the beginning of the window
	 * @param to the end of the window, at most 24 hours later
	 * @return the search for the first page
	 */
	public static TaskQuery of(String model, Instant from, Instant to) {
		return new TaskQuery(model, from, to, null, 1);
	}

	/** Return the search for the page after this one. */
	public TaskQuery next() {
		return new TaskQuery(this.model, this.from, this.to, this.status, this.page + 1);
	}

}
