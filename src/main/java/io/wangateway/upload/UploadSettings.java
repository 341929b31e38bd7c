package io.wangateway.upload;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.Assert;

/**
 * How uploads are kept.
 *
 * @param keepFor how long after the last time that one was brought or used
 * @param bodyTimeout how long one may take to arrive
 */
@ConfigurationProperties("gateway.uploads")
record UploadSettings(@DefaultValue("7d") Duration keepFor, @DefaultValue("30m") Duration bodyTimeout) {

	/** A task may wait for a day before its media are needed. */
	private static final Duration LEAST = Duration.ofHours(25);

	UploadSettings {
		Assert.isTrue(keepFor.compareTo(LEAST) >= 0,
				() -> "gateway.uploads.keep-for must be at least %s (is %s)".formatted(LEAST, keepFor));
		Assert.isTrue(bodyTimeout.isPositive(), "gateway.uploads.body-timeout must be longer than nothing");
	}

}
