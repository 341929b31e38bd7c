package io.wangateway.admission;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Leaves out a run of a regular job while its last run is still under way. A job that
 * waits for a lock which a paused process holds would otherwise take one connection after
 * the other, until none is left for those who call.
 */
public final class OneAtATime {

	private final AtomicBoolean underWay = new AtomicBoolean();

	/**
	 * Run a job, unless it is being run.
	 * @param job what to do
	 */
	public void run(Runnable job) {
		if (this.underWay.compareAndSet(false, true)) {
			try {
				job.run();
			}
			finally {
				this.underWay.set(false);
			}
		}
	}

}
