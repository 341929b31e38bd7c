package io.wangateway.admission;

import java.time.Duration;

import io.wangateway.generation.Generation;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * How long upstream takes, as measured: the moving mean of the latest twenty or so, by
 * lane and seconds of video.
 */
@Component
public class RunTimes {

	/** Alibaba names one to five minutes; a first poll too early costs one query. */
	private static final Duration UNMEASURED_LIVE = Duration.ofSeconds(60);

	private static final Duration UNMEASURED_SANDBOX = Duration.ofSeconds(5);

	/** Soon, to see that it has begun; a query costs little while few tasks are live. */
	private static final Duration FIRST_POLL = Duration.ofSeconds(2);

	private final JdbcClient jdbc;

	RunTimes(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Return how long a generation can be expected to take from its submission to its
	 * end.
	 * @param generation the generation
	 * @return the expected time
	 */
	public Duration expected(Generation generation) {
		return this.jdbc.sql("select mean_seconds from run_time where lane = :lane and seconds = :seconds")
			.param("lane", generation.lane())
			.param("seconds", generation.seconds())
			.query(Double.class)
			.optional()
			.map((mean) -> Duration.ofMillis((long) (mean * 1000)))
			.orElse(generation.livemode() ? UNMEASURED_LIVE : UNMEASURED_SANDBOX);
	}

	Duration firstPoll(Generation generation) {
		Duration half = expected(generation).dividedBy(2);
		return (half.compareTo(FIRST_POLL) < 0) ? half : FIRST_POLL;
	}

	/**
	 * Learn from an end.
	 * @param generation what ended
	 * @param taken the time from its submission to its end
	 */
	public void learn(Generation generation, Duration taken) {
		this.jdbc.sql("""
				insert into run_time as r (lane, seconds, mean_seconds, samples)
				values (:lane, :seconds, greatest(0.001, :taken), 1)
				on conflict (lane, seconds) do update
				   set samples = r.samples + 1,
				       mean_seconds = r.mean_seconds
				           + (excluded.mean_seconds - r.mean_seconds) / least(r.samples + 1, 20)""")
			.param("lane", generation.lane())
			.param("seconds", generation.seconds())
			.param("taken", taken.toMillis() / 1000.0)
			.update();
	}

}
