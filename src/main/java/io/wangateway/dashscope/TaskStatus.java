package io.wangateway.dashscope;

import java.net.URI;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * How a task stands, as DashScope says; or {@link NoAnswer}, if it says nothing usable.
 */
public sealed interface TaskStatus permits TaskStatus.Waiting, TaskStatus.Running, TaskStatus.Succeeded,
		TaskStatus.SucceededWithoutVideo, TaskStatus.Failed, TaskStatus.Cancelled, TaskStatus.Forgotten, NoAnswer {

	/**
	 * Not begun, or in a state that nobody has seen yet; ask again later.
	 *
	 * @param word the state in DashScope's word: {@code PENDING}, {@code SUSPENDED} or a
	 * new one
	 * @param facts what else the answer says
	 */
	record Waiting(String word, Facts facts) implements TaskStatus {
	}

	/**
	 * Being made.
	 *
	 * @param facts what else the answer says
	 */
	record Running(Facts facts) implements TaskStatus {
	}

	/**
	 * Finished, with a video.
	 *
	 * @param videoUrl a signed link. It stops working a few seconds less than 24 hours
	 * after {@code facts.endedAt()}
	 * @param usage what is billed
	 * @param origPrompt the prompt that was sent, echoed, or {@code null}
	 * @param facts what else the answer says
	 */
	record Succeeded(URI videoUrl, Usage usage, @Nullable String origPrompt, Facts facts) implements TaskStatus {

		/** Neither the prompt nor the signature of the link belong in a log. */
		@Override
		public String toString() {
			return "Succeeded[usage=" + this.usage + ", facts=" + this.facts + "]";
		}

	}

	/**
	 * Finished and probably billed, but the answer has no usable link to a video.
	 *
	 * @param usage what is billed
	 * @param origPrompt the prompt that was sent, echoed, or {@code null}
	 * @param facts what else the answer says
	 */
	record SucceededWithoutVideo(Usage usage, @Nullable String origPrompt, Facts facts) implements TaskStatus {

		/** The prompt does not belong in a log. */
		@Override
		public String toString() {
			return "SucceededWithoutVideo[usage=" + this.usage + ", facts=" + this.facts + "]";
		}

	}

	/**
	 * Finished without a video; not billed.
	 *
	 * @param error the failure, often without code and message
	 * @param kind what it is about, {@link ErrorKind#GENERATION} if DashScope did not say
	 * @param origPrompt the prompt that was sent, echoed, or {@code null}
	 * @param facts what else the answer says
	 */
	record Failed(UpstreamError error, ErrorKind kind, @Nullable String origPrompt, Facts facts) implements TaskStatus {

		/** The prompt does not belong in a log. */
		@Override
		public String toString() {
			return "Failed[error=" + this.error + ", kind=" + this.kind + ", facts=" + this.facts + "]";
		}

	}

	/**
	 * Cancelled before it began; not billed.
	 *
	 * @param facts what else the answer says
	 */
	record Cancelled(Facts facts) implements TaskStatus {
	}

	/**
	 * DashScope does not know the task: it is older than 24 hours, of another account, or
	 * never was.
	 *
	 * @param facts what else the answer says
	 */
	record Forgotten(Facts facts) implements TaskStatus {
	}

	/**
	 * What every answer about a task carries, as far as it goes.
	 *
	 * @param requestId the id of this query, not of the request that made the task
	 * @param submittedAt when the task was taken
	 * @param scheduledAt when it was begun
	 * @param endedAt when it ended
	 */
	record Facts(@Nullable String requestId, @Nullable Instant submittedAt, @Nullable Instant scheduledAt,
			@Nullable Instant endedAt) {
	}

}
