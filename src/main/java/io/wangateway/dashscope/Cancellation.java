package io.wangateway.dashscope;

import org.jspecify.annotations.Nullable;

/**
 * What became of a wish to cancel; or {@link NoAnswer}, after which it may be repeated.
 */
public sealed interface Cancellation permits Cancellation.Passed, Cancellation.NotPending, NoAnswer {

	/**
	 * DashScope takes the task out of its queue; a later status says so.
	 *
	 * @param requestId the id of the request
	 */
	record Passed(@Nullable String requestId) implements Cancellation {
	}

	/**
	 * The task runs or has ended, and goes on.
	 *
	 * @param error the refusal
	 */
	record NotPending(UpstreamError error) implements Cancellation {
	}

}
