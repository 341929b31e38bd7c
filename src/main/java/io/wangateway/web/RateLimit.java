package io.wangateway.web;

import java.time.Instant;

import jakarta.servlet.http.HttpServletResponse;

/**
 * How a caller stands with one of their limits.
 *
 * @param category which limit, such as {@code async_query}
 * @param limit how much is allowed in a minute
 * @param remaining how much of it is left at once
 * @param fullAt when all of it will be left again, if nothing more is asked for
 */
public record RateLimit(String category, int limit, int remaining, Instant fullAt) {

	/**
	 * Tell the caller, in headers.
	 * @param response the answer, which must not be on its way yet
	 */
	public void writeTo(HttpServletResponse response) {
		response.setHeader("X-RateLimit-Category", this.category);
		response.setIntHeader("X-RateLimit-Limit", this.limit);
		response.setIntHeader("X-RateLimit-Remaining", this.remaining);
		response.setHeader("X-RateLimit-Reset", Long.toString(this.fullAt.plusNanos(999_999_999).getEpochSecond()));
	}

}
