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

	/**
	 * Return what a call without a usable answer comes to.
	 * @param reply the call
	 * @return the answer that there is none
	 */
	static NoAnswer of(Reply reply) {
		return switch (reply) {
			case Reply.Answer answer -> new NoAnswer(reason(answer.error()), answer.error());
			case Reply.NotSent notSent -> new NoAnswer(Reason.FAILED, notSent.error());
			case Reply.Broken broken -> new NoAnswer(Reason.FAILED, broken.error());
		};
	}

	/**
	 * Return what a success that cannot be read comes to.
	 * @param answer the answer
	 * @param why what is wrong with it
	 * @return the answer that there is none
	 */
	static NoAnswer unreadable(Reply.Answer answer, String why) {
		return new NoAnswer(Reason.FAILED, answer.error().because(why));
	}

	private static Reason reason(UpstreamError error) {
		return switch (Verdict.of(error)) {
			case THROTTLED -> Reason.THROTTLED;
			case ACCOUNT -> Reason.ACCOUNT_FAULT;
			case REQUEST, BUSY, UNCLEAR -> Reason.FAILED;
		};
	}

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
