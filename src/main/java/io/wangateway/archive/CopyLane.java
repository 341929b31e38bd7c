package io.wangateway.archive;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

import javax.sql.DataSource;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.logging.LogLevel;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.wangateway.generation.GenerationId;
import io.wangateway.generation.GenerationMoved;
import io.wangateway.generation.GenerationState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.stereotype.Component;

/**
 * Sees to it that every finished video is copied: a job in the transaction that finishes
 * it, tried until it is done. A scheduler of its own, so that copies, which may be slow,
 * hold up only each other.
 */
@Component
class CopyLane implements SmartLifecycle {

	private static final Logger logger = LoggerFactory.getLogger(CopyLane.class);

	private static final String TABLE = "scheduled_copies";

	private static final Duration LEAST_WAIT = Duration.ofSeconds(2);

	private static final Duration MOST_WAIT = Duration.ofMinutes(10);

	private final Videos videos;

	private final OneTimeTask<Void> copy;

	private final Scheduler scheduler;

	CopyLane(Videos videos, VideoCopier copier, ArchiveSettings settings, DataSource dataSource) {
		this.videos = videos;
		this.copy = Tasks.oneTime("copy-video")
			.onFailure(CopyLane::tryAgain)
			.execute((job, _) -> copier.copy(UUID.fromString(job.getId())));
		this.scheduler = Scheduler.create(new TransactionAwareDataSourceProxy(dataSource), this.copy)
			.tableName(TABLE)
			.threads(settings.copiesAtOnce())
			.pollUsingLockAndFetch(1, 2)
			.pollingInterval(Duration.ofSeconds(1))
			.heartbeatInterval(Duration.ofSeconds(10))
			.shutdownMaxWait(Duration.ofSeconds(2))
			.failureLogging(LogLevel.OFF, false)
			.build();
	}

	@EventListener
	void moved(GenerationMoved moved) {
		if (moved.to() == GenerationState.SUCCEEDED) {
			UUID id = moved.generation().id().value();
			this.videos.add(id, moved.team().value(), moved.at());
			this.scheduler.schedule(this.copy.instance(id.toString()), moved.at());
		}
	}

	/** Longer and longer, never for good: the copier itself knows when it is over. */
	private static void tryAgain(ExecutionComplete failed, ExecutionOperations<Void> job) {
		int doublings = Math.min(failed.getExecution().consecutiveFailures, 10);
		long most = Math.min(LEAST_WAIT.multipliedBy(1L << doublings).toMillis(), MOST_WAIT.toMillis());
		Duration wait = Duration.ofMillis(ThreadLocalRandom.current().nextLong(most / 2, most));
		logger.warn("Video of {} could not be copied, trying again in {} s: {}",
				new GenerationId(UUID.fromString(failed.getExecution().getId())), wait.toSeconds(),
				failed.getCause().map(Throwable::getMessage).orElse("no reason"));
		job.reschedule(failed, failed.getTimeDone().plus(wait));
	}

	@Override
	public void start() {
		this.scheduler.start();
	}

	@Override
	public void stop() {
		this.scheduler.stop();
	}

	@Override
	public boolean isRunning() {
		return this.scheduler.getSchedulerState().isStarted() && !this.scheduler.getSchedulerState().isShuttingDown();
	}

}
