package io.wangateway.usage;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Consecutive buckets of a report.
 *
 * @param first the number of the first, counted from 1
 * @param starts where each begins, at least one
 * @param end where the last ends
 */
record Slice(int first, List<Instant> starts, Instant end) {

	boolean isOneBucket() {
		return this.starts.size() == 1;
	}

	/** Return the time of each bucket. */
	List<Range> ranges() {
		List<Range> ranges = new ArrayList<>();
		for (int i = 0; i < this.starts.size(); i++) {
			ranges.add(new Range(this.starts.get(i), (i + 1 < this.starts.size()) ? this.starts.get(i + 1) : this.end));
		}
		return ranges;
	}

	/** Return a time if it is in one of the buckets. */
	Optional<Instant> only(Instant at) {
		return (at.isBefore(this.starts.getFirst()) || !at.isBefore(this.end)) ? Optional.empty() : Optional.of(at);
	}

}
