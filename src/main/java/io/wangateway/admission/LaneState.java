package io.wangateway.admission;

import java.time.Duration;

/**
 * A lane as it is at one moment, under its row lock. Times are the database's, as
 * distances from its present, so that the clocks of replicas don't matter.
 *
 * @param name the lane
 * @param livemode whether its tasks cost real money
 * @param open whether it may send: not paused, not stopped, not throttled
 * @param maxInFlight how many may be in processing
 * @param inProcessing how many hold a slot, those in doubt included
 * @param submitting how many of these are being sent
 * @param doubts how many of these are in doubt
 * @param virtualTime the start tag of the task started last
 * @param untilNextSend how long until the next one may be sent
 * @param spacing how far two submissions must be apart
 */
record LaneState(String name, boolean livemode, boolean open, int maxInFlight, int inProcessing, int submitting,
		int doubts, double virtualTime, Duration untilNextSend, Duration spacing) {

	/**
	 * How far ahead a claim may be made: about as long as it takes to commit, so that it
	 * can be sent at its time, and well within the time after which its sender hands it
	 * back.
	 */
	static final Duration HORIZON = Duration.ofMillis(40);

	/** How many tasks may be claimed now. */
	int freeSlots() {
		if (!this.open) {
			return 0;
		}
		int free = Math.max(0, this.maxInFlight - this.inProcessing);
		if (this.doubts > 0) {
			// One at a time, so that the windows of two doubts never overlap.
			return (this.submitting > 0) ? 0 : Math.min(1, free);
		}
		return free;
	}

	/** How long until the next task may be claimed; not positive for now. */
	Duration untilNextClaim() {
		return this.untilNextSend.minus(HORIZON);
	}

	/** The lane after one more start. */
	LaneState startedAt(double virtualTime) {
		Duration sendAt = this.untilNextSend.isNegative() ? Duration.ZERO : this.untilNextSend;
		return new LaneState(this.name, this.livemode, this.open, this.maxInFlight, this.inProcessing, this.submitting,
				this.doubts, virtualTime, sendAt.plus(this.spacing), this.spacing);
	}

}
