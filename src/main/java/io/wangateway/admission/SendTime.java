package io.wangateway.admission;

import java.time.Duration;

/**
 * When one call may leave. Times are handed out so far apart that a limit holds in any
 * second as long as each call leaves at its time or a little later; one that has missed
 * its time needs another, or it could leave together with those that come after it.
 *
 * @param atNanos the time, by {@link System#nanoTime()}
 */
public record SendTime(long atNanos) {

	/** How much further apart two calls are than a limit asks. */
	static final double SPACING_MARGIN = 1.15;

	/**
	 * How late a call may leave. Less than the margin adds up to within a second, so that
	 * one call that is late and one that is not still keep the limit.
	 */
	static final Duration TOLERANCE = Duration.ofMillis(80);

	/**
	 * Return the time that is a while away.
	 * @param nanos the present, as {@link System#nanoTime()} told it
	 * @param wait how long from then
	 * @return the time
	 */
	static SendTime after(long nanos, Duration wait) {
		return new SendTime(nanos + wait.toNanos());
	}

	/**
	 * Wait until it has come.
	 * @return whether a call may leave now; not if its time has been missed
	 * @throws InterruptedException if the gateway stops meanwhile
	 */
	public boolean await() throws InterruptedException {
		long wait = this.atNanos - System.nanoTime();
		if (wait > 0) {
			Thread.sleep(Duration.ofNanos(wait));
		}
		return System.nanoTime() - this.atNanos <= TOLERANCE.toNanos();
	}

}
