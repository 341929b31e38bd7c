package io.wangateway.usage;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Collections;
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
		return slice(number, 1).ranges().getFirst();
	}

	/** Return the number of the bucket that a time falls into, counted from 1. */
	int number(Instant at) {
		int found = Collections.binarySearch(this.buckets, at);
		return (found >= 0) ? found + 1 : -found - 1;
	}

	/**
	 * Return some of the buckets.
	 * @param first the number of the first
	 * @param most how many are wanted; there may be fewer
	 */
	Slice slice(int first, int most) {
		int last = Math.min(first - 1 + most, this.buckets.size());
		Instant end = (last < this.buckets.size()) ? this.buckets.get(last) : this.range.end();
		return new Slice(first, this.buckets.subList(first - 1, last), end);
	}

	/** Return the same time in one bucket. */
	TimeAxis whole() {
		return of(this.range, this.zone, null);
	}

	/** Return a time, or the nearest that is in the range. */
	Instant nearest(Instant at) {
		if (at.isBefore(this.range.start())) {
			return this.range.start();
		}
		return at.isBefore(this.range.end()) ? at : this.range.end().minusMillis(1);
	}

}
