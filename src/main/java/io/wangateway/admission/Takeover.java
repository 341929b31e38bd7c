package io.wangateway.admission;

import java.time.Duration;

import io.wangateway.dashscope.DashScopeSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Takes over from processes that died or fell silent: what they were sending becomes a
 * doubt.
 */
@Component
class Takeover {

	private static final Logger logger = LoggerFactory.getLogger(Takeover.class);

	/** For writing down an answer that came at the last moment. */
	private static final Duration MARGIN = Duration.ofSeconds(3);

	private final Attempts attempts;

	private final SubmissionResults results;

	private final Duration longestCall;

	private final OneAtATime taking = new OneAtATime();

	Takeover(Attempts attempts, SubmissionResults results, DashScopeSettings settings) {
		this.attempts = attempts;
		this.results = results;
		this.longestCall = Claim.MAX_AGE.plus(settings.callTimeout()).plus(MARGIN);
	}

	@Scheduled(fixedRate = 1000)
	void takeOver() {
		this.taking.run(this::takeOverSilent);
	}

	private void takeOverSilent() {
		for (Attempts.Open attempt : this.attempts.olderThan(this.longestCall)) {
			logger.warn("Nobody answered for attempt {}", attempt.id());
			this.results.silent(attempt.id(), attempt.generationId());
		}
	}

}
