package io.wangateway.following;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.Assert;

/**
 * How fast DashScope may be asked.
 *
 * @param queriesPerSecond status queries per second and account, over all replicas
 */
@ConfigurationProperties("gateway.dashscope")
record FollowingSettings(@DefaultValue("20") int queriesPerSecond) {

	FollowingSettings {
		Assert.isTrue(queriesPerSecond > 0,
				() -> "gateway.dashscope.queries-per-second must be positive (is %d)".formatted(queriesPerSecond));
	}

}
