package io.wangateway.usage;

import java.util.Map;

/**
 * The buckets of a slice, as SQL. Where there is one only it is said so, as the planner
 * takes any other expression for 200 of them and sorts instead of hashing.
 *
 * @param slice the buckets that are wanted
 */
record Buckets(Slice slice) {

	void putInto(Map<String, Object> parameters) {
		parameters.put("before", this.slice.first() - 1);
		if (!this.slice.isOneBucket()) {
			parameters.put("buckets", Timestamps.array(this.slice.starts()));
		}
	}

	/** Return what {@link #at} needs, which comes first in the source of rows. */
	String source() {
		return this.slice.isOneBucket() ? ""
				: "(select cast(:buckets as timestamptz[]) as starts offset 0) b cross join ";
	}

	/** Return which of the wanted buckets, counted from 1, a time falls into. */
	String at(String time) {
		return this.slice.isOneBucket() ? "1" : "width_bucket(%s, b.starts)".formatted(time);
	}

	/** Return the number of a row's {@code bucket} in the report. */
	String number(String row) {
		return ":before + %s.bucket".formatted(row);
	}

}
