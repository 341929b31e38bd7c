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
import org.springframework.context.annotation.Configuration;

/**
 * Lets videos go when their team's days are over, and calls for help when copies wait.
 */
@Configuration(proxyBeanMethods = false)
class Retention {

	private static final Logger logger = LoggerFactory.getLogger(Retention.class);

	private static final Duration INTERVAL = Duration.ofMinutes(1);

	/** Far more than any number of tries takes where nothing is wrong. */
	private static final Duration PATIENCE = Duration.ofMinutes(15);

	private static final String DELAYED = "archive_delayed";

	private static final String SUBJECT = "archive";

	@Bean
	Task<Void> sweepArchive(Videos videos, Removal removal, Alerts alerts, Clock clock) {
		return Tasks.recurring("sweep-archive", FixedDelay.of(INTERVAL)).execute((_, _) -> {
			int expired = videos.expire(clock.instant());
			if (expired > 0) {
				logger.info("The retention of {} videos is over", expired);
			}
			int waiting = videos.waitingSince(clock.instant().minus(PATIENCE));
			if (waiting > 0) {
				alerts.raise(DELAYED, SUBJECT,
						"%d videos have waited for their copy for %d minutes; upstream has each for a day only"
							.formatted(waiting, PATIENCE.toMinutes()));
			}
			else {
				alerts.resolve(DELAYED, SUBJECT);
			}
			removal.removeAll();
		});
	}

}
