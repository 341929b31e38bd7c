package io.wangateway.following;

import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

import io.wangateway.generation.Generation;
import io.wangateway.generation.GenerationState;

import org.springframework.stereotype.Component;

/**
 * When to ask again, and how far a generation seems to be, both by how long its like have
 * taken.
 */
@Component
class PollTimes {

	private static final Duration LEAST = Duration.ofSeconds(1);

	/** What Alibaba suggests. */
	private static final Duration MOST = Duration.ofSeconds(15);

	private static final Duration WHILE_LISTED = Duration.ofSeconds(45);

	/** Some end earlier than others of their kind. */
	private static final int EARLY_PERCENT = 80;

	private static final int AGES_PER_PAUSE = 40;

	private static final int MOST_PROGRESS = 95;

	private final RandomGenerator random = RandomGenerator.getDefault();

	/**
	 * Return how long to wait before asking again. What runs is asked about again when
	 * its end can be expected; before it runs, and from that time on, the pauses grow
	 * with its age, with jitter, so that an end is known late by a small part of what the
	 * task took.
	 */
	Duration next(Generation generation, Duration expected, Instant now) {
		Instant submitted = generation.submittedAt();
		if (submitted == null) {
			return MOST;
		}
		if (generation.state() == GenerationState.RUNNING) {
			Duration untilEnd = Duration.between(now,
					submitted.plus(expected.multipliedBy(EARLY_PERCENT).dividedBy(100)));
			if (untilEnd.compareTo(LEAST) > 0) {
				return (untilEnd.compareTo(MOST) < 0) ? untilEnd : MOST;
			}
		}
		long age = Duration.between(submitted, now).toMillis();
		long millis = Math.clamp(age / AGES_PER_PAUSE, LEAST.toMillis(), MOST.toMillis());
		return Duration.ofMillis((long) (millis * (0.85 + 0.3 * this.random.nextDouble())));
	}

	/**
	 * Return how long to wait where the list tells what has ended: the query is a net
	 * below it.
	 */
	Duration nextWhileListed() {
		return Duration.ofMillis((long) (WHILE_LISTED.toMillis() * (0.85 + 0.3 * this.random.nextDouble())));
	}

	/** Return a percentage, 0 before it has begun. */
	int progress(Generation generation, Duration expected, Instant now) {
		Instant submitted = generation.submittedAt();
		if (generation.state() != GenerationState.RUNNING || submitted == null) {
			return 0;
		}
		long percent = MOST_PROGRESS * Duration.between(submitted, now).toMillis() / Math.max(1, expected.toMillis());
		return Math.clamp(percent, 1, MOST_PROGRESS);
	}

}
