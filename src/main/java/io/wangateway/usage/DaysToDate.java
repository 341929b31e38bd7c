package io.wangateway.usage;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/**
 * Puts together days of the books, everything told apart: those from the 17th of a month
 * to the 16th of the next are the two months up to the latter, less the month up to the
 * former.
 *
 * @param books the zone of the books
 */
record DaysToDate(ZoneId books) {

	/** About so much does each day add to what its month has told apart so far. */
	private static final int SUMS_OF_ANOTHER_DAY = 8;

	/**
	 * Put together days.
	 * @param start when the first begins
	 * @param end when the last ends
	 */
	Cover cover(Instant start, Instant end) {
		return cover(start, end, false);
	}

	/** Put together days, or take them away. */
	private Cover cover(Instant start, Instant end, boolean less) {
		if (start.equals(end)) {
			return Cover.NOTHING;
		}
		if (end.isBefore(start)) {
			return cover(end, start, !less);
		}
		Instant month = Grain.MONTH.floor(end.minusNanos(1), this.books);
		Instant monthBefore = Grain.MONTH.floor(month.minusNanos(1), this.books);
		Cover days = days(start, end, less);
		Cover upToEnd = toDate(Level.MONTH_TO_DATE_BY_ALL, month, end, less);
		if (!start.isBefore(month)) {
			return days.or(upToEnd.and(cover(start, month, less)));
		}
		Cover twoMonths = toDate(Level.TWO_MONTHS_TO_DATE_BY_ALL, monthBefore, end, less)
			.and(cover(start, monthBefore, less));
		return start.isBefore(monthBefore) ? twoMonths : days.or(upToEnd.and(cover(start, month, less))).or(twoMonths);
	}

	private Cover days(Instant start, Instant end, boolean less) {
		int days = 0;
		for (Instant day = start; day.isBefore(end); day = Grain.DAY.next(day, this.books)) {
			days++;
		}
		return Cover.of(new Piece(Level.DAY_BY_ALL, new Range(start, end), less, null), days * Grain.DAY.sums());
	}

	private static Cover toDate(Level level, Instant start, Instant end, boolean less) {
		int daysBefore = (int) Duration.between(start, end).minusDays(1).toDays();
		return Cover.of(new Piece(level, new Range(start, end), less, null),
				Math.min(level.grain().sums(), Grain.DAY.sums() + daysBefore * SUMS_OF_ANOTHER_DAY));
	}

}
