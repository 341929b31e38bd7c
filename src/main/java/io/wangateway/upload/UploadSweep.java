package io.wangateway.upload;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import io.wangateway.store.Spool;
import io.wangateway.store.Store;
import io.wangateway.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.annotation.Bean;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Removes uploads whose time is over, and what broken ones have left.
 */
@Component
class UploadSweep {

	private static final Logger logger = LoggerFactory.getLogger(UploadSweep.class);

	private static final Duration INTERVAL = Duration.ofMinutes(5);

	/** Longer than any upload takes. */
	private static final Duration UNFILLED = Duration.ofHours(1);

	private static final String DRAFT = ".upload";

	private static final int BATCH = 100;

	private final UploadRecord record;

	private final Store store;

	private final Spool spool;

	private final Clock clock;

	UploadSweep(UploadRecord record, Store store, Spool spool, Clock clock) {
		this.record = record;
		this.store = store;
		this.spool = spool;
		this.clock = clock;
	}

	@Bean
	static Task<Void> uploadSweepJob(UploadSweep sweep) {
		return Tasks.recurring("sweep-uploads", FixedDelay.of(INTERVAL)).execute((_, _) -> sweep.sweep());
	}

	/** Return a name for the draft of an upload, which is gone on with by nobody. */
	static String draftName() {
		return UUID.randomUUID() + DRAFT;
	}

	/** Remove what uploads have left in this replica's spool that broke off with it. */
	@Scheduled(initialDelayString = "1m", fixedRateString = "10m")
	void sweepDrafts() {
		this.spool.sweep(DRAFT, UNFILLED);
	}

	/**
	 * Remove all that is to be removed.
	 * @throws StoreException if the store is away
	 */
	void sweep() {
		Instant now = this.clock.instant();
		this.record.expire(now, now.minus(UNFILLED));
		List<UploadedFile> batch = this.record.toRemove(BATCH);
		while (!batch.isEmpty()) {
			batch.forEach(this::remove);
			batch = this.record.toRemove(BATCH);
		}
	}

	/** Remove an upload that is gone at once, if the store lets it. */
	void tryNow(UploadedFile upload) {
		try {
			remove(upload);
		}
		catch (StoreException ex) {
			logger.warn("{}; it will be tried again", ex.getMessage());
		}
	}

	private void remove(UploadedFile upload) {
		this.store.remove(upload.storeName());
		this.record.forget(upload.id());
	}

}
