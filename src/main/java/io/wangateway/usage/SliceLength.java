package io.wangateway.usage;

import java.time.Duration;

/**
 * How many buckets of a report are read at once for a page of rows: few enough to read
 * little more than the page has, and enough to need few statements.
 */
final class SliceLength {

	/** By how much a slice may be longer than all before it together. */
	private static final int GROWTH = 16;

	/** Likewise for days and months by label, which have many thousands of sums each. */
	private static final int GROWTH_OF_LARGE = 3;

	/** A bucket has about as many rows at most where it is cut by what prices tell. */
	private static final int FEW_ROWS = 8;

	private SliceLength() {
	}

	/** Return the first one, before it is known how many rows a bucket has. */
	static int first(UsageQuery query) {
		if (query.groupBy().isEmpty()) {
			return TimeAxis.MAX_BUCKETS;
		}
		boolean few = query.groupBy().stream().map(Dimension::kind).allMatch(Dimension.Kind::isOfPrice);
		return few ? Math.max(1, query.limit() / FEW_ROWS) : 1;
	}

	/**
	 * Return the next one, in which the missing rows probably are, if the time that was
	 * read is a measure; it may be a small part of a bucket.
	 * @param missing how many rows are wanted yet
	 * @param rows how many were read
	 * @param begin the first bucket that was read
	 * @param next the one behind the last
	 */
	static int next(UsageQuery query, int missing, int rows, int begin, int next) {
		TimeAxis time = query.time();
		if (next > time.buckets().size()) {
			return 1;
		}
		boolean large = query.isByLabel() && time.width() != BucketWidth.HOUR;
		Duration read = Duration.between(time.buckets().get(begin - 1), time.buckets().get(next - 1));
		Range bucket = time.bucket(next);
		long probably = missing * read.toMillis() / Math.max(1, rows)
				/ Math.max(1, Duration.between(bucket.start(), bucket.end()).toMillis());
		long most = (large ? GROWTH_OF_LARGE : GROWTH) * (long) (next - begin);
		return (int) Math.min(most, probably + 1);
	}

}
