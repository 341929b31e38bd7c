package io.wangateway.usage;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

/**
 * Puts together days of the books where there are sums of parts of months: those from the
 * 17th of a month to the 16th of the next are the rest of the one and the other to date.
 *
 * @param day the sums of single days
 * @param summed what there are sums of
 * @param books the zone of the books
 */
record PartsOfMonths(Level day, Summed summed, ZoneId books) {

	/** The days of which there are such sums that tell the same apart. */
	static final List<Level> DAYS = List.of(Level.DAY_BY_LABELS_AND_PRICE, Level.DAY_BY_ALL);

	/** About so much does each day add to what its month has told apart so far. */
	private static final int SUMS_OF_ANOTHER_DAY = 8;

	/**
	 * Put together days.
	 * @param start when the first begins
	 * @param end when the last ends
	 */
	Cover cover(Instant start, Instant end) {
		if (start.equals(end)) {
			return Cover.NOTHING;
		}
		Instant month = Grain.MONTH.floor(end.minusNanos(1), this.books);
		return start.isBefore(month) ? cover(start, month).and(ofOneMonth(month, end)) : ofOneMonth(start, end);
	}

	private Cover ofOneMonth(Instant start, Instant end) {
		Instant month = Grain.MONTH.floor(start, this.books);
		Instant next = Grain.MONTH.next(month, this.books);
		Cover days = Cover.of(new Piece(this.day, new Range(start, end), false, null),
				sums(this.day.grain(), start, end));
		if (month.isBefore(this.summed.partsFrom())) {
			return days;
		}
		Cover best = days
			.or(part(Grain.MONTH_TO_DATE, month, end, false).and(part(Grain.MONTH_TO_DATE, month, start, true)));
		return next.isAfter(this.summed.until()) ? best : best
			.or(part(Grain.REST_OF_MONTH, start, next, false).and(part(Grain.REST_OF_MONTH, end, next, true)));
	}

	private Cover part(Grain grain, Instant start, Instant end, boolean less) {
		return start.equals(end) ? Cover.NOTHING
				: Cover.of(new Piece(this.day.of(grain), new Range(start, end), less, null), sums(grain, start, end));
	}

	private static int sums(Grain grain, Instant start, Instant end) {
		int days = (int) Duration.between(start, end).plusHours(1).toDays();
		return grain.isPartOfMonth() ? Math.min(grain.sums(), Grain.DAY.sums() + (days - 1) * SUMS_OF_ANOTHER_DAY)
				: days * Grain.DAY.sums();
	}

}
