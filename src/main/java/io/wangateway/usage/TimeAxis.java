package io.wangateway.usage;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The time that a report spans, and how it is cut.
 *
 * @param range which settlements count
 * @param zone where days and months are cut
 * @param width how long the buckets are, or {@code null} for one that is the whole range
 * @param buckets where each bucket begins, at least one; the first begins with the range
 */
record TimeAxis(Range range, ZoneId zone, @Nullable BucketWidth width, List<Instant> buckets) {

	/** The most buckets of a report. */
	static final int MAX_BUCKETS = 1000;

	static TimeAxis of(Range range, ZoneId zone, @Nullable BucketWidth width) {
		return new TimeAxis(range, zone, width,
				(width != null) ? width.cut(range, zone, MAX_BUCKETS) : List.of(range.start()));
	}

	/** Return the time of a bucket by its number, counted from 1. */
	Range bucket(int number) {
		Instant end = (number < this.buckets.size()) ? this.buckets.get(number) : this.range.end();
		return new Range(this.buckets.get(number - 1), end);
	}

}
