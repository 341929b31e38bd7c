package io.wangateway.database;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.task.SimpleAsyncTaskSchedulerCustomizer;
import org.springframework.scheduling.concurrent.SimpleAsyncTaskScheduler;
import org.springframework.stereotype.Component;
import org.springframework.util.ErrorHandler;

/**
 * Logs what work on a schedule fails with. While the database is away, all of it fails
 * several times a second, and for one reason: that is said now and then, in a line.
 */
@Component
class ScheduledErrors implements ErrorHandler, SimpleAsyncTaskSchedulerCustomizer {

	private static final Logger LOG = LoggerFactory.getLogger(ScheduledErrors.class);

	private static final Duration QUIET = Duration.ofSeconds(30);

	private final Clock clock;

	private final AtomicReference<Instant> said = new AtomicReference<>(Instant.MIN);

	ScheduledErrors(Clock clock) {
		this.clock = clock;
	}

	@Override
	public void customize(SimpleAsyncTaskScheduler scheduler) {
		scheduler.setErrorHandler(this);
	}

	@Override
	public void handleError(Throwable failure) {
		if (!DatabaseAbsence.explains(failure)) {
			LOG.error("Work on a schedule failed; it is tried again when it is due", failure);
			return;
		}
		Instant now = this.clock.instant();
		Instant last = this.said.get();
		if (last.isBefore(now.minus(QUIET)) && this.said.compareAndSet(last, now)) {
			LOG.warn("The database is away ({}); work on a schedule waits for it", failure.getMessage());
		}
	}

}
