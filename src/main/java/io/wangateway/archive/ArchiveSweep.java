package io.wangateway.archive;

import java.time.Clock;
import java.time.Duration;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import io.wangateway.alert.Alerts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Component;

/**
 * Lets videos go when their team's days are over, removes the files of those that are
 * gone, and calls for help when copies wait.
 */
@Component
class ArchiveSweep {

	private static final Logger logger = LoggerFactory.getLogger(ArchiveSweep.class);

	private static final Duration INTERVAL = Duration.ofMinutes(1);

	/** Far more than any number of tries takes where nothing is wrong. */
	private static final Duration PATIENCE = Duration.ofMinutes(15);

	private static final String DELAYED = "archive_delayed";

	private static final String SUBJECT = "archive";

	private final Videos videos;

	private final Removal removal;

	private final Alerts alerts;

	private final Clock clock;

	ArchiveSweep(Videos videos, Removal removal, Alerts alerts, Clock clock) {
		this.videos = videos;
		this.removal = removal;
		this.alerts = alerts;
		this.clock = clock;
	}

	@Bean
	static Task<Void> archiveSweepJob(ArchiveSweep sweep) {
		return Tasks.recurring("sweep-archive", FixedDelay.of(INTERVAL)).execute((_, _) -> sweep.sweep());
	}

	void sweep() {
		int expired = this.videos.expire(this.clock.instant());
		if (expired > 0) {
			logger.info("The retention of {} videos is over", expired);
		}
		int waiting = this.videos.waitingSince(this.clock.instant().minus(PATIENCE));
		if (waiting > 0) {
			this.alerts.raise(DELAYED, SUBJECT,
					"%d videos have waited for their copy for %d minutes; upstream has each for a day only"
						.formatted(waiting, PATIENCE.toMinutes()));
		}
		else {
			this.alerts.resolve(DELAYED, SUBJECT);
		}
		this.removal.removeAll();
	}

}
