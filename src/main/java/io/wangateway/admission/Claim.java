package io.wangateway.admission;

import java.time.Duration;
import java.util.UUID;

/**
 * A generation that has a slot and is to be sent by this process.
 *
 * @param generation the generation
 * @param attempt the attempt on record
 * @param livemode which account to send it to
 * @param lane the lane
 * @param claimedNanos {@link System#nanoTime()} before the claim was committed
 * @param time when it may be sent
 */
record Claim(UUID generation, int attempt, boolean livemode, String lane, long claimedNanos, SendTime time) {

	/**
	 * How old a claim may be when it is sent. Others take a silent sender's claim for a
	 * doubt later than that, so a process that was paused must not send any more.
	 */
	static final Duration MAX_AGE = Duration.ofSeconds(2);

	/** Whether it is too late to send it. */
	boolean isStale() {
		return System.nanoTime() - this.claimedNanos > MAX_AGE.toNanos();
	}

}
