package io.wangateway.admission;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * An upstream task that no generation is known to have made.
 *
 * @param taskId upstream's id of it
 * @param createdAt when it was made, by upstream's clock
 * @param requestId upstream's id of the request that made it
 * @param end how it ended
 * @param echo what upstream echoed at its end, {@code null} before that and for failures
 */
record Stray(String taskId, Instant createdAt, @Nullable String requestId, End end, @Nullable Echo echo) {

	/** How a stray task ended. */
	enum End {

		/** Not yet. */
		OPEN,

		/** With a video. */
		SUCCEEDED,

		/** Without one, and so without a cost. */
		FAILED

	}

}
