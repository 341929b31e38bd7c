package io.wangateway.usage;

import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;

/**
 * A span of time.
 *
 * @param start its first moment
 * @param end the first moment after it
 */
record Range(Instant start, Instant end) {

	Range {
		if (!start.isBefore(end)) {
			throw new IllegalArgumentException("A range must end after its start");
		}
	}

	/** Return a month as a zone's calendar has it. */
	static Range of(YearMonth month, ZoneId zone) {
		return new Range(month.atDay(1).atStartOfDay(zone).toInstant(),
				month.plusMonths(1).atDay(1).atStartOfDay(zone).toInstant());
	}

}
