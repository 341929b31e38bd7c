package io.wangateway.admission;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How submissions with an unknown outcome are cleared up.
 *
 * @param before how much earlier than its sending, by upstream's clock, a task may seem
 * to have been made
 * @param after how much later than its sender gave up a task may still appear
 * @param searchInterval how often upstream is searched while a lane has a doubt
 * @param requeue whether a generation that is provably not upstream waits again in the
 * queue; otherwise it fails
 */
@ConfigurationProperties("gateway.doubts")
record DoubtSettings(@DefaultValue("5s") Duration before, @DefaultValue("60s") Duration after,
		@DefaultValue("5s") Duration searchInterval, @DefaultValue("true") boolean requeue) {
}
