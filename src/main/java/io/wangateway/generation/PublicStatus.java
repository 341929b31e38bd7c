package io.wangateway.generation;

import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonValue;

/**
 * The four statuses that callers know, and no more. The last two are final.
 */
public enum PublicStatus {

	/** Waiting, with us or upstream. */
	QUEUED,

	/** Being made. */
	IN_PROGRESS,

	/** There is a video. */
	COMPLETED,

	/** There is no video. */
	FAILED;

	/** The status as callers see it, such as {@code in_progress}. */
	@JsonValue
	public String code() {
		return name().toLowerCase(Locale.ROOT);
	}

}
