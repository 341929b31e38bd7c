package io.wangateway.finance;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;

import io.wangateway.ledger.Books;
import io.wangateway.web.ApiException;
import org.jspecify.annotations.Nullable;

/**
 * The time that an export is about.
 *
 * @param start its first moment
 * @param end the first moment after it
 * @param name what a file about it may be called after, such as {@code 2026-11}
 */
record Span(Instant start, Instant end, String name) {

	/**
	 * Read a span from the parameters that reports take too.
	 * @param month a month, or {@code null}
	 * @param start the first moment, or {@code null}
	 * @param end the first moment after it, or {@code null}
	 * @param books whose months they are; the present one is meant where nothing is said
	 * @return the span
	 * @throws ApiException if the parameters contradict each other
	 */
	static Span of(@Nullable YearMonth month, @Nullable Instant start, @Nullable Instant end, Books books) {
		if (start == null && end == null) {
			YearMonth meant = (month != null) ? month : books.month();
			return new Span(begin(meant, books.zone()), begin(meant.plusMonths(1), books.zone()), meant.toString());
		}
		if (month != null) {
			throw ApiException.invalid("month", "month can't be combined with start_time and end_time");
		}
		if (start == null || end == null) {
			throw ApiException.invalid((start == null) ? "start_time" : "end_time",
					"start_time and end_time must be given together");
		}
		if (!start.isBefore(end)) {
			throw ApiException.invalid("end_time", "end_time must be later than start_time");
		}
		return new Span(start, end, "%d-%d".formatted(start.getEpochSecond(), end.getEpochSecond()));
	}

	private static Instant begin(YearMonth month, ZoneId zone) {
		return month.atDay(1).atStartOfDay(zone).toInstant();
	}

	OffsetDateTime sqlStart() {
		return this.start.atOffset(ZoneOffset.UTC);
	}

	OffsetDateTime sqlEnd() {
		return this.end.atOffset(ZoneOffset.UTC);
	}

}
