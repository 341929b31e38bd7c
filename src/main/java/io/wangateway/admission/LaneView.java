package io.wangateway.admission;

import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.wangateway.team.TeamId;
import org.jspecify.annotations.Nullable;

/**
 * A lane as ops see it.
 *
 * @param name what it is called
 * @param upstreamModel what upstream calls its model
 * @param livemode whether it leads to the live account
 * @param paused whether ops have paused it
 * @param stoppedReason why the gateway stopped it, until ops start it again
 * @param throttledUntil until when it rests because upstream asked for it
 * @param maxInFlight how many tasks may be upstream at once
 * @param submissionsPerSecond how many may be sent within a second
 * @param patched which of these two ops have set
 * @param queued how many wait with us
 * @param inProcessing how many slots are taken
 * @param inDoubt how many of these by doubts
 * @param oldestWaitSeconds how long the oldest has waited with us
 * @param teams who waits or is served
 */
@JsonPropertyOrder({ "name", "object" })
record LaneView(String name, String upstreamModel, boolean livemode, boolean paused, @Nullable String stoppedReason,
		@Nullable Instant throttledUntil, int maxInFlight, double submissionsPerSecond, Patched patched, long queued,
		long inProcessing, long inDoubt, @Nullable Long oldestWaitSeconds, List<Share> teams) {

	/** The kind of JSON object this is. */
	public String getObject() {
		return "lane";
	}

	/**
	 * The limits that ops have set; absent where the setting or the catalogue decides.
	 *
	 * @param maxInFlight tasks upstream at once
	 * @param submissionsPerSecond tasks sent within a second
	 */
	record Patched(@Nullable Integer maxInFlight, @Nullable Double submissionsPerSecond) {
	}

	/**
	 * A team's part of a lane.
	 *
	 * @param team the team
	 * @param name its name
	 * @param weight its weight against the others
	 * @param queued how many of its tasks wait with us
	 * @param inProcessing how many slots it has
	 * @param virtualTime how far it was served, in seconds of video ÷ weight
	 * @param oldestWaitSeconds how long its oldest has waited
	 */
	record Share(TeamId team, String name, int weight, long queued, long inProcessing, double virtualTime,
			@Nullable Long oldestWaitSeconds) {
	}

}
