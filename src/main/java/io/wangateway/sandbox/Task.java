package io.wangateway.sandbox;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * A task with its whole life, which is planned when the task is created.
 *
 * @param id its id
 * @param requestId the id of the request that created it
 * @param model the model's name
 * @param prompt the prompt as the model read it
 * @param video the video that it is about
 * @param directives what is special about it
 * @param createdAt when it was created
 * @param startsAt when it runs, unless it is cancelled before
 * @param endsAt when it ends
 * @param failure why it fails, or null if it succeeds
 * @param cancelledAt when it was cancelled, or null
 * @param status how it stood at the time for which it was read
 */
record Task(UUID id, UUID requestId, String model, @Nullable String prompt, Video video, Directives directives,
		Instant createdAt, Instant startsAt, Instant endsAt, @Nullable Failure failure, @Nullable Instant cancelledAt,
		Status status) {

	/** How a task stands, in DashScope's words. */
	enum Status {

		PENDING, RUNNING, SUCCEEDED, FAILED, CANCELED, UNKNOWN

	}

	/**
	 * What a video is like.
	 *
	 * @param width in pixels
	 * @param height in pixels
	 * @param tier the SR, such as 720
	 * @param seconds its length
	 * @param sound whether it has sound
	 * @param inputSeconds the seconds of its references that are billed
	 */
	record Video(int width, int height, int tier, int seconds, boolean sound, BigDecimal inputSeconds) {
	}

	/**
	 * Why a task failed.
	 *
	 * @param code DashScope's code, or null where it gives none
	 * @param message what a person should know, or null
	 */
	record Failure(@Nullable String code, @Nullable String message) {
	}

	/** Whether it got as far as being worked on. */
	boolean hasStarted() {
		return switch (this.status) {
			case RUNNING, SUCCEEDED, FAILED -> true;
			case PENDING, CANCELED, UNKNOWN -> false;
		};
	}

	/** Return when it ended, or null if it did not. */
	@Nullable Instant endedAt() {
		return switch (this.status) {
			case SUCCEEDED, FAILED -> this.endsAt;
			case CANCELED -> this.cancelledAt;
			case PENDING, RUNNING, UNKNOWN -> null;
		};
	}

}
