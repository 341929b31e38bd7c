package io.wangateway.usage;

import java.time.Duration;

/**
 * How many buckets of a report are read at once for a page of rows: few enough to read
 * little more than the page has, and enough to need few statements.
 */
final class SliceLength {

	/** By how much a slice may be longer than all before it together. */
	private static final int GROWTH_OF_HOURS = 16;

	/** Likewise for days and months, which may have thousands of sums each. */
	private static final int GROWTH = 6;

	/** Likewise for those by label, which may have many thousands. */
	private static final int GROWTH_BY_LABEL = 3;

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
	 * Return the next one, in which the missing rows probably are.
	 * @param missing how many rows are wanted yet
	 * @param rows how many were read
	 * @param begin the first bucket that was read
	 * @param next the one behind the last
	 */
	static int next(UsageQuery query, int missing, int rows, int begin, int next) {
		if (next > query.time().buckets().size()) {
			return 1;
		}
		double probably = missing * read(query, begin, next) / Math.max(1, rows);
		return (int) Math.min((next - begin) * (long) growth(query), (long) probably + 1);
	}

	/**
	 * Return how many buckets were read. By labels a part of a bucket is one, as there
	 * are more rows the longer it is, and too many buckets cost most there.
	 */
	private static double read(UsageQuery query, int begin, int next) {
		if (!query.isByLabel()) {
			return next - begin;
		}
		TimeAxis time = query.time();
		Range bucket = time.bucket(next);
		Duration read = Duration.between(time.buckets().get(begin - 1), bucket.start());
		return (double) read.toMillis() / Math.max(1, Duration.between(bucket.start(), bucket.end()).toMillis());
	}

	private static int growth(UsageQuery query) {
		if (query.time().width() == BucketWidth.HOUR) {
			return GROWTH_OF_HOURS;
		}
		return query.isByLabel() ? GROWTH_BY_LABEL : GROWTH;
	}

}
