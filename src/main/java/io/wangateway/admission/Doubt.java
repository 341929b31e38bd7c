package io.wangateway.admission;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * A generation of which nobody knows whether upstream has it.
 *
 * @param generation the generation
 * @param attempt the attempt that nobody knows the outcome of
 * @param from when its upstream task can have been made at the earliest
 * @param gaveUp when its sender gave up waiting for an answer
 * @param until when the task can have been made at the latest
 * @param requestId upstream's id of the request, if there was an answer with one
 * @param echo what upstream will echo if the task is this one
 */
record Doubt(UUID generation, int attempt, Instant from, Instant gaveUp, Instant until, @Nullable String requestId,
		Echo echo) {

	boolean covers(Stray stray) {
		return !stray.createdAt().isBefore(this.from) && !stray.createdAt().isAfter(this.until);
	}

}
