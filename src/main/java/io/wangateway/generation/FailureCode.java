package io.wangateway.generation;

import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Why an accepted generation brought no video: stable words of ours, whatever upstream
 * calls it.
 */
public enum FailureCode {

	/** Upstream found the request wrong. */
	INVALID_PARAMETERS,

	/** Upstream's moderation refused the input or the output. */
	CONTENT_POLICY_VIOLATION,

	/** Upstream could not fetch an image, video or sound. */
	INPUT_UNREACHABLE,

	/** The company's account at upstream was at fault for too long. */
	UPSTREAM_ACCOUNT_ERROR,

	/** Upstream tried and failed. */
	GENERATION_FAILED,

	/** No slot, or no end, came in time. */
	GENERATION_TIMEOUT,

	/** The team cancelled it. */
	REQUEST_CANCELLED,

	/** Upstream has forgotten the task. */
	RESULT_LOST;

	/** The code as callers and the database see it, such as {@code generation_failed}. */
	@JsonValue
	public String code() {
		return name().toLowerCase(Locale.ROOT);
	}

}
