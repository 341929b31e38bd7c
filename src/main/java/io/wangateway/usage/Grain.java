package io.wangateway.usage;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A unit of time of which sums are kept. All but hours and their quarters are those of
 * the books: six hours begin at 0, 6, 12 and 18 o'clock.
 */
enum Grain {

	/** Every zone's days begin with one of these. */
	QUARTER(3),

	HOUR(8),

	SIX_HOURS(28),

	DAY(62),

	/** Begins on a Monday. */
	WEEK(114),

	MONTH(135),

	/** A day, and of its month what came before. Its time is the end of the day. */
	MONTH_TO_DATE(135),

	/** A day, and of its month what came after. Its time is the start of the day. */
	REST_OF_MONTH(135);

	private final int sums;

	Grain(int sums) {
		this.sums = sums;
	}

	/**
	 * Roughly how many sums a unit has as against others: so many hundreds were those
	 * that tell everything apart, of ten million tasks a year.
	 */
	int sums() {
		return this.sums;
	}

	/**
	 * Whether it is a part of a month that begins or ends with one, so that units
	 * overlap.
	 */
	boolean isPartOfMonth() {
		return this == MONTH_TO_DATE || this == REST_OF_MONTH;
	}

	/** Return when the unit began that a time falls into. */
	Instant floor(Instant at, ZoneId books) {
		return switch (this) {
			case QUARTER -> at.minusSeconds(Math.floorMod(at.getEpochSecond(), Duration.ofMinutes(15).toSeconds()))
				.truncatedTo(ChronoUnit.SECONDS);
			case HOUR -> at.truncatedTo(ChronoUnit.HOURS);
			case SIX_HOURS -> sixHours(at.atZone(books).toLocalDateTime()).atZone(books).toInstant();
			case DAY, MONTH_TO_DATE, REST_OF_MONTH -> at.atZone(books).toLocalDate().atStartOfDay(books).toInstant();
			case WEEK -> monday(at.atZone(books)).atStartOfDay(books).toInstant();
			case MONTH -> at.atZone(books).toLocalDate().withDayOfMonth(1).atStartOfDay(books).toInstant();
		};
	}

	/** Return when the next unit begins, where a time does not begin one itself. */
	Instant ceiling(Instant at, ZoneId books) {
		Instant floor = floor(at, books);
		return floor.equals(at) ? at : next(floor, books);
	}

	/** Return when a unit ends. */
	Instant next(Instant start, ZoneId books) {
		ZonedDateTime local = start.atZone(books);
		return switch (this) {
			case QUARTER -> start.plus(15, ChronoUnit.MINUTES);
			case HOUR -> start.plus(1, ChronoUnit.HOURS);
			case SIX_HOURS -> sixHours(local.toLocalDateTime()).plusHours(6).atZone(books).toInstant();
			case DAY, MONTH_TO_DATE, REST_OF_MONTH -> local.toLocalDate().plusDays(1).atStartOfDay(books).toInstant();
			case WEEK -> monday(local).plusWeeks(1).atStartOfDay(books).toInstant();
			case MONTH -> local.toLocalDate().plusMonths(1).atStartOfDay(books).toInstant();
		};
	}

	private static LocalDateTime sixHours(LocalDateTime at) {
		return at.truncatedTo(ChronoUnit.HOURS).minusHours(at.getHour() % 6);
	}

	private static LocalDate monday(ZonedDateTime at) {
		return at.toLocalDate().with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
	}

	/**
	 * Return the units that are over by the end of a range and were not by its start.
	 * @return when each began
	 */
	List<Instant> endingIn(Range range, ZoneId books) {
		if (this == REST_OF_MONTH) {
			return MONTH.endingIn(range, books).stream().flatMap((month) -> days(month, books)).toList();
		}
		List<Instant> starts = new ArrayList<>();
		Instant start = floor(range.start(), books);
		for (Instant end = next(start, books); !end.isAfter(range.end()); end = next(start, books)) {
			starts.add(start);
			start = end;
		}
		return starts;
	}

	private static Stream<Instant> days(Instant month, ZoneId books) {
		return DAY.endingIn(new Range(month, MONTH.next(month, books)), books).stream();
	}

}
