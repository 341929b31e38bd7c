package io.wangateway.generation;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.Assert;

/**
 * When what teams wrote is erased.
 *
 * @param after how long after its end a task keeps its prompt, its URLs and its timeline;
 * nothing for ever
 */
@ConfigurationProperties("gateway.erasure")
record ErasureSettings(@DefaultValue("90d") Duration after) {

	/** Upstream's links are good for a day, and replays of an Idempotency-Key too. */
	private static final Duration LEAST = Duration.ofDays(2);

	ErasureSettings {
		Assert.isTrue(after.isZero() || after.compareTo(LEAST) >= 0,
				() -> "gateway.erasure.after must be 0 or at least %d days (is %s)".formatted(LEAST.toDays(), after));
	}

}
