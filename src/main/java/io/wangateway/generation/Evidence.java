package io.wangateway.generation;

import org.jspecify.annotations.Nullable;

/**
 * What caused a step of a generation's life, and what upstream said with it.
 *
 * @param cause a few words for the timeline
 * @param httpStatus the status of upstream's answer, or {@code null}
 * @param code upstream's own code, or {@code null}
 * @param message upstream's own words, or {@code null}
 * @param requestId upstream's request id, or {@code null}
 */
public record Evidence(String cause, @Nullable Integer httpStatus, @Nullable String code, @Nullable String message,
		@Nullable String requestId) {

	/**
	 * Evidence that upstream had no part in.
	 * @param cause a few words for the timeline
	 * @return the evidence
	 */
	public static Evidence of(String cause) {
		return new Evidence(cause, null, null, null, null);
	}

}
