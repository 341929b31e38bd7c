package io.wangateway.operations;

import java.math.BigDecimal;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * An upstream task that no generation is known to have made.
 *
 * @param upstreamTaskId upstream's id
 * @param lane the lane that it came through, if it is ours
 * @param upstreamCreatedAt when upstream made it
 * @param upstreamRequestId the request that made it
 * @param foundAt when it was found
 * @param ended how it ended, absent before
 * @param seconds the length of its video
 * @param sr 720 or 1080
 * @param foreignTask whether it is known to be none of ours
 */
record UnclaimedTask(String upstreamTaskId, String lane, Instant upstreamCreatedAt, @Nullable String upstreamRequestId,
		Instant foundAt, @Nullable String ended, @Nullable BigDecimal seconds, @Nullable Integer sr,
		boolean foreignTask) {

	/** The kind of JSON object this is. */
	public String getObject() {
		return "admin.unclaimed_task";
	}

}
