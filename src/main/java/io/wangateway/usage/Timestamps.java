package io.wangateway.usage;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Collectors;

/** Times as SQL takes them. */
final class Timestamps {

	private Timestamps() {
	}

	static OffsetDateTime of(Instant time) {
		return time.atOffset(ZoneOffset.UTC);
	}

	/** Return a text that can be cast to {@code timestamptz[]}. */
	static String array(List<Instant> times) {
		return times.stream().map(Instant::toString).collect(Collectors.joining(",", "{", "}"));
	}

}
