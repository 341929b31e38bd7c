package io.wangateway.admission;

import java.time.Duration;

import io.wangateway.dashscope.Submission;
import io.wangateway.dashscope.VideoTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Sends what was claimed: at most once per claim, and never late.
 */
@Component
class Submitter {

	private static final Logger logger = LoggerFactory.getLogger(Submitter.class);

	/** How often the database is tried before an answer is left to the takeover. */
	private static final int TRIES = 20;

	private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);

	private final VideoTasks videoTasks;

	private final Upstreams upstreams;

	private final SubmissionResults results;

	Submitter(VideoTasks videoTasks, Upstreams upstreams, SubmissionResults results) {
		this.videoTasks = videoTasks;
		this.upstreams = upstreams;
		this.results = results;
	}

	/**
	 * Send a claim in its turn, and record the answer. Blocks as long as the call takes.
	 * @param claim what to send
	 * @throws InterruptedException if the gateway stops before it was sent
	 */
	void send(Claim claim) throws InterruptedException {
		VideoTask task = this.videoTasks.of(claim.generation());
		Duration wait = claim.untilSend();
		if (wait.isPositive()) {
			Thread.sleep(wait);
		}
		if (claim.isStale()) {
			record(claim, () -> this.results.handBack(claim));
			return;
		}
		Submission submission = this.upstreams.of(claim.livemode()).create(task);
		record(claim, () -> this.results.record(claim, submission));
	}

	/**
	 * An answer may be worth money, so a database that is away for a while is waited for.
	 */
	private static void record(Claim claim, Runnable step) throws InterruptedException {
		for (int tried = 1;; tried++) {
			try {
				step.run();
				return;
			}
			catch (DataAccessException | TransactionException ex) {
				if (tried == TRIES) {
					logger.error("Could not record what became of attempt {}; it will be found in doubt",
							claim.attempt(), ex);
					return;
				}
				Thread.sleep(BETWEEN_TRIES);
			}
		}
	}

}
