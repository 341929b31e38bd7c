package io.wangateway.usage;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

/**
 * Puts together days of the books where there are sums to date: those from the 17th of a
 * month to the 16th of the next are the two months up to the latter, less the month up to
 * the former.
 *
 * @param day the sums of single days
 * @param books the zone of the books
 */
record DaysToDate(Level day, ZoneId books) {

	/** The days of which there are sums to date that tell the same apart. */
	static final List<Level> DAYS = List.of(Level.DAY_BY_LABELS_AND_PRICE, Level.DAY_BY_ALL);

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
		Cover upToEnd = toDate(Grain.MONTH_TO_DATE, month, end, less);
		if (!start.isBefore(month)) {
			return days.or(upToEnd.and(cover(start, month, less)));
		}
		Cover twoMonths = toDate(Grain.TWO_MONTHS_TO_DATE, monthBefore, end, less).and(cover(start, monthBefore, less));
		return start.isBefore(monthBefore) ? twoMonths : days.or(upToEnd.and(cover(start, month, less))).or(twoMonths);
	}

	private Cover days(Instant start, Instant end, boolean less) {
		int days = 0;
		for (Instant day = start; day.isBefore(end); day = Grain.DAY.next(day, this.books)) {
			days++;
		}
		return Cover.of(new Piece(this.day, new Range(start, end), less, null), days * Grain.DAY.sums());
	}

	private Cover toDate(Grain grain, Instant start, Instant end, boolean less) {
		int daysBefore = (int) Duration.between(start, end).minusDays(1).toDays();
		return Cover.of(new Piece(this.day.of(grain), new Range(start, end), less, null),
				Math.min(grain.sums(), Grain.DAY.sums() + daysBefore * SUMS_OF_ANOTHER_DAY));
	}

}
