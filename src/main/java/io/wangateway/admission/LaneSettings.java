package io.wangateway.admission;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.Assert;

/**
 * The limits of the account at DashScope, where they differ from the catalogue's.
 *
 * @param maxInFlight tasks in processing per lane, or {@code null} for the catalogue's
 * @param submissionsPerSecond submissions per second and lane, or {@code null} for the
 * catalogue's
 * @param queriesPerSecond status queries per second and account, over all replicas;
 * searching and cancelling have as many of their own
 */
@ConfigurationProperties("gateway.dashscope")
record LaneSettings(@Nullable Integer maxInFlight, @Nullable Integer submissionsPerSecond,
		@DefaultValue("20") int queriesPerSecond) {

	LaneSettings {
		Assert.isTrue(maxInFlight == null || maxInFlight >= 0,
				() -> "gateway.dashscope.max-in-flight must not be negative (is %s)".formatted(maxInFlight));
		Assert.isTrue(submissionsPerSecond == null || submissionsPerSecond > 0,
				() -> "gateway.dashscope.submissions-per-second must be positive (is %s)"
					.formatted(submissionsPerSecond));
		Assert.isTrue(queriesPerSecond > 0,
				() -> "gateway.dashscope.queries-per-second must be positive (is %d)".formatted(queriesPerSecond));
	}

}
