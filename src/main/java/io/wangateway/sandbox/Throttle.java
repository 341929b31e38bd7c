package io.wangateway.sandbox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import org.springframework.jdbc.core.simple.JdbcClient;

/** Counts calls, for all processes on one database together. */
class Throttle {

	/**
	 * A second, short of what the network does to calls that were sent a second apart.
	 */
	private static final Duration WINDOW = Duration.ofMillis(950);

	private final JdbcClient jdbc;

	private final Clock clock;

	Throttle(JdbcClient jdbc, Clock clock) {
		this.jdbc = jdbc;
		this.clock = clock;
	}

	/**
	 * Let a call pass, or don't. A refused call does not count.
	 * @param subject what is counted together
	 * @param perSecond how many calls may pass in any second; 0 for any number
	 * @throws Refusal if this one would be too many
	 */
	void pass(String subject, int perSecond) {
		if (perSecond == 0) {
			return;
		}
		Instant now = this.clock.instant();
		int passed = this.jdbc.sql("""
				insert into dashscope_simulator.throttle as throttle (subject, calls)
				values (:subject, array[:now])
				    on conflict (subject) do update
				   set calls = (throttle.calls || :now)[greatest(1, cardinality(throttle.calls) + 2 - :perSecond):]
				 where cardinality(throttle.calls) < :perSecond
				    or throttle.calls[cardinality(throttle.calls) + 1 - :perSecond] <= :windowStart""")
			.param("subject", subject)
			.param("now", Tasks.utc(now))
			.param("windowStart", Tasks.utc(now.minus(WINDOW)))
			.param("perSecond", perSecond)
			.update();
		if (passed == 0) {
			throw DocumentedErrors.refusal("Throttling.RateQuota");
		}
	}

}
