package io.wangateway.dashscope;

import org.jspecify.annotations.Nullable;

/**
 * What went wrong upstream, kept for ops. Free of secrets: our key, the query strings of
 * links and temporary storage addresses are taken out of the message.
 *
 * @param httpStatus the status of the answer, or {@code null} if none came; 200 for a
 * task that failed after it was accepted
 * @param code DashScope's code, or {@code null} if it gave none
 * @param message DashScope's message, or ours where DashScope did not answer
 * @param requestId DashScope's id of the request, or {@code null} if it gave none
 */
public record UpstreamError(@Nullable Integer httpStatus, @Nullable String code, @Nullable String message,
		@Nullable String requestId) {
}
