package io.wangateway.archive;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.Assert;
import org.springframework.util.unit.DataSize;

/**
 * How videos are copied.
 *
 * @param copiesAtOnce how many a replica copies at the same time
 * @param copyTimeout how long one try may take; the next goes on where it stopped
 * @param maxVideoSize the largest video that is kept
 * @param redirect whether callers are sent on to the store where that can be reached
 */
@ConfigurationProperties("gateway.archive")
record ArchiveSettings(@DefaultValue("4") int copiesAtOnce, @DefaultValue("10m") Duration copyTimeout,
		@DefaultValue("2GB") DataSize maxVideoSize, @DefaultValue("false") boolean redirect) {

	ArchiveSettings {
		Assert.isTrue(copiesAtOnce > 0,
				() -> "gateway.archive.copies-at-once must be positive (is %d)".formatted(copiesAtOnce));
		Assert.isTrue(copyTimeout.isPositive(), "gateway.archive.copy-timeout must be longer than nothing");
		Assert.isTrue(maxVideoSize.toBytes() > 0, "gateway.archive.max-video-size must be positive");
	}

}
