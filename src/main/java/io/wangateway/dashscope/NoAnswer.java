package io.wangateway.dashscope;

/**
 * DashScope gave no answer that says anything about the matter asked. Nothing may be
 * concluded from it, least of all that a task does not exist.
 *
 * @param reason what to do about it
 * @param error what came instead
 */
public record NoAnswer(Reason reason,
		UpstreamError error) implements TaskStatus, TaskListing, Cancellation, UploadPermission, Upload {

	/** What to do about a missing answer. */
	public enum Reason {

		/** Too many requests: ask more slowly. */
		THROTTLED,

		/** The key, the account or the address: somebody has to look after it. */
		ACCOUNT_FAULT,

		/** Anything else: ask again later. */
		FAILED

	}

}
