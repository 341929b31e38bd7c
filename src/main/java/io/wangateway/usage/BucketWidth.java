package io.wangateway.usage;

import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonValue;

/**
 * How long the buckets of a report are. They are cut by the wall clock of the report's
 * zone, so that a day may have 23 or 25 hours and an hour may begin at a quarter to.
 */
enum BucketWidth {

	HOUR("1h"), DAY("1d"), MONTH("1mo");

	private final String code;

	BucketWidth(String code) {
		this.code = code;
	}

	/** The width as callers see it, such as {@code 1d}. */
	@JsonValue
	String code() {
		return this.code;
	}

	static Optional<BucketWidth> of(String code) {
		return Arrays.stream(values()).filter((width) -> width.code.equals(code)).findFirst();
	}

	/**
	 * Cut a range into buckets.
	 * @param range what is cut
	 * @param zone whose wall clock counts
	 * @param most how many are wanted at most
	 * @return where each bucket begins, the first at the start of the range; one more
	 * than the most where there are more
	 */
	List<Instant> cut(Range range, ZoneId zone, int most) {
		List<Instant> starts = new ArrayList<>();
		Instant at = range.start();
		while (at.isBefore(range.end()) && starts.size() <= most) {
			starts.add(at);
			at = next(at, zone);
		}
		return starts;
	}

	private Instant next(Instant at, ZoneId zone) {
		ZonedDateTime local = at.atZone(zone);
		int step = 1;
		Instant next = boundary(local, step, zone);
		// A day that a zone left out, or an hour that it repeats, begins no later than
		// this one.
		while (!next.isAfter(at)) {
			next = boundary(local, ++step, zone);
		}
		return next;
	}

	private Instant boundary(ZonedDateTime local, int step, ZoneId zone) {
		return switch (this) {
			case HOUR -> local.plusHours(step).truncatedTo(ChronoUnit.HOURS).toInstant();
			case DAY -> local.toLocalDate().plusDays(step).atStartOfDay(zone).toInstant();
			case MONTH -> YearMonth.from(local).plusMonths(step).atDay(1).atStartOfDay(zone).toInstant();
		};
	}

}
