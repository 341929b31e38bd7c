package io.wangateway.admission;

import io.wangateway.dashscope.ErrorKind;
import io.wangateway.dashscope.UpstreamError;
import io.wangateway.generation.Evidence;
import io.wangateway.generation.FailureCode;

/**
 * Puts DashScope's failures into our words.
 */
public final class Failures {

	private Failures() {
	}

	/**
	 * Return our stable code for what a failure is about.
	 * @param kind what it is about
	 * @return the code
	 */
	public static FailureCode code(ErrorKind kind) {
		return switch (kind) {
			case INVALID_PARAMETERS -> FailureCode.INVALID_PARAMETERS;
			case CONTENT_POLICY -> FailureCode.CONTENT_POLICY_VIOLATION;
			case INPUT_UNREACHABLE -> FailureCode.INPUT_UNREACHABLE;
			case ACCOUNT -> FailureCode.UPSTREAM_ACCOUNT_ERROR;
			case TIMEOUT -> FailureCode.GENERATION_TIMEOUT;
			case GENERATION -> FailureCode.GENERATION_FAILED;
		};
	}

	/**
	 * Return a sentence for the team.
	 * @param error what DashScope said
	 * @return its message, or ours where it gave none
	 */
	public static String sentence(UpstreamError error) {
		return (error.message() != null) ? error.message() : "Upstream failed without saying why";
	}

	/**
	 * Return what is written into the timeline.
	 * @param cause a few words
	 * @param error what DashScope said
	 * @return the evidence
	 */
	public static Evidence evidence(String cause, UpstreamError error) {
		return new Evidence(cause, error.httpStatus(), error.code(), error.message(), error.requestId());
	}

}
