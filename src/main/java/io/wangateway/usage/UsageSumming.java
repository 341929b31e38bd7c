package io.wangateway.usage;

import java.time.Duration;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;

import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Component;

/**
 * Keeps the sums close behind the present, day by day where they have to catch up.
 */
@Component
class UsageSumming {

	private static final Duration INTERVAL = Duration.ofMinutes(1);

	private final UsageSums sums;

	UsageSumming(UsageSums sums) {
		this.sums = sums;
	}

	@Bean
	static Task<Void> usageSummingJob(UsageSumming summing) {
		return Tasks.recurring("sum-up-usage", FixedDelay.of(INTERVAL)).execute((_, _) -> summing.catchUp());
	}

	void catchUp() {
		boolean more = this.sums.advance();
		while (more && !Thread.currentThread().isInterrupted()) {
			more = this.sums.advance();
		}
	}

}
