package io.wangateway.admission;

import java.time.Duration;
import java.util.List;

import io.wangateway.dashscope.Submission;
import io.wangateway.dashscope.VideoTask;
import io.wangateway.generation.GenerationContents;
import io.wangateway.generation.GenerationRequest;
import io.wangateway.upload.UploadedFile;
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

	private final GenerationContents contents;

	private final MediaAddresses addresses;

	private final MediaCarrier carrier;

	private final Upstreams upstreams;

	private final SubmissionResults results;

	private final Lanes lanes;

	Submitter(GenerationContents contents, MediaAddresses addresses, MediaCarrier carrier, Upstreams upstreams,
			SubmissionResults results, Lanes lanes) {
		this.contents = contents;
		this.addresses = addresses;
		this.carrier = carrier;
		this.upstreams = upstreams;
		this.results = results;
		this.lanes = lanes;
	}

	/**
	 * Send a claim in its turn, and record the answer. Blocks as long as the call takes.
	 * @param claim what to send
	 * @throws InterruptedException if the gateway stops before it was sent
	 */
	void send(Claim claim) throws InterruptedException {
		GenerationRequest request;
		MediaAddresses.Answer media;
		try {
			request = this.contents.of(claim.generation());
			media = this.addresses.of(claim.generation(), request);
		}
		catch (DataAccessException ex) {
			logger.warn("Attempt {} was not sent: {}", claim.attempt(), ex.getMessage());
			record(claim, () -> this.results.handBack(claim));
			return;
		}
		switch (media) {
			case MediaAddresses.Ready(List<String> urls) -> send(claim, VideoTasks.of(request, urls));
			case MediaAddresses.Away(List<UploadedFile> uploads) -> {
				record(claim, () -> this.results.awaitMedia(claim, MediaCarrier.LEASE));
				this.carrier.carry(claim, request.spec().upstreamModel(), uploads);
			}
			case MediaAddresses.Gone(String reference) -> record(claim, () -> this.results.mediaGone(claim, reference));
		}
	}

	private void send(Claim claim, VideoTask task) throws InterruptedException {
		if (!mayBeSent(claim)) {
			record(claim, () -> this.results.handBack(claim));
			return;
		}
		Submission submission = this.upstreams.of(claim.livemode()).create(task);
		record(claim, () -> this.results.record(claim, submission));
	}

	/**
	 * Wait for the time of a claim. If it was missed, wait for another one, as long as
	 * the claim is not too old.
	 */
	private boolean mayBeSent(Claim claim) throws InterruptedException {
		SendTime time = claim.time();
		while (!time.await()) {
			if (claim.isStale()) {
				return false;
			}
			try {
				time = this.lanes.nextSendTime(claim.lane());
			}
			catch (DataAccessException ex) {
				logger.warn("Attempt {} was not sent: {}", claim.attempt(), ex.getMessage());
				return false;
			}
		}
		return !claim.isStale();
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
