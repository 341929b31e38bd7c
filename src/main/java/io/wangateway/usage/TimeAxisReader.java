package io.wangateway.usage;

import java.time.Clock;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.Optional;
import java.util.regex.Pattern;

import io.wangateway.ledger.Books;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Reads which time a report is about: a month or a range, the present month if nothing is
 * said, in the zone of the books or another.
 */
@Component
class TimeAxisReader {

	private static final Pattern MONTH = Pattern.compile("20[2-9][0-9]-(0[1-9]|1[0-2])");

	private static final Pattern SECONDS = Pattern.compile("[0-9]{1,12}");

	private static final Instant EARLIEST = Instant.parse("2020-01-01T00:00:00Z");

	private static final Instant LATEST = Instant.parse("2100-01-01T00:00:00Z");

	private final Books books;

	private final Clock clock;

	TimeAxisReader(Books books, Clock clock) {
		this.books = books;
		this.clock = clock;
	}

	TimeAxis read(Parameters parameters) {
		ZoneId zone = zone(parameters);
		BucketWidth width = width(parameters);
		TimeAxis axis = TimeAxis.of(range(parameters, zone), zone, width);
		if (width != null && axis.buckets().size() > TimeAxis.MAX_BUCKETS) {
			parameters.complain("bucket_width", "A report has at most %d buckets, and buckets of %s are more"
				.formatted(TimeAxis.MAX_BUCKETS, width.code()));
		}
		return axis;
	}

	private ZoneId zone(Parameters parameters) {
		String sent = parameters.get("tz");
		if (sent == null) {
			return this.books.zone();
		}
		if (!ZoneId.getAvailableZoneIds().contains(sent)) {
			parameters.refuse("tz", "the name of an IANA time zone, such as Asia/Shanghai or UTC");
			return this.books.zone();
		}
		return ZoneId.of(sent);
	}

	private static @Nullable BucketWidth width(Parameters parameters) {
		String sent = parameters.get("bucket_width");
		Optional<BucketWidth> width = Optional.ofNullable(sent).flatMap(BucketWidth::of);
		if (sent != null && width.isEmpty()) {
			parameters.refuse("bucket_width", "one of 1h, 1d, 1mo");
		}
		return width.orElse(null);
	}

	private Range range(Parameters parameters, ZoneId zone) {
		String start = parameters.get("start_time");
		String end = parameters.get("end_time");
		if (start == null && end == null) {
			return Range.of(month(parameters, zone), zone);
		}
		if (parameters.get("month") != null) {
			parameters.complain("month", "month can't be combined with start_time and end_time");
		}
		if (start == null || end == null) {
			parameters.complain((start == null) ? "start_time" : "end_time",
					"start_time and end_time must be given together");
			return Range.of(present(zone), zone);
		}
		return range(time("start_time", start, parameters), time("end_time", end, parameters), parameters);
	}

	private static Range range(Instant start, Instant end, Parameters parameters) {
		if (!start.isBefore(end)) {
			parameters.refuse("end_time", "later than start_time");
			return new Range(EARLIEST, LATEST);
		}
		return new Range(start, end);
	}

	private static Instant time(String name, String sent, Parameters parameters) {
		Instant time = SECONDS.matcher(sent).matches() ? Instant.ofEpochSecond(Long.parseLong(sent)) : Instant.EPOCH;
		if (time.isBefore(EARLIEST) || time.isAfter(LATEST)) {
			parameters.refuse(name, "a time in whole Unix seconds from %d to %d".formatted(EARLIEST.getEpochSecond(),
					LATEST.getEpochSecond()));
		}
		return time;
	}

	private YearMonth month(Parameters parameters, ZoneId zone) {
		String sent = parameters.get("month");
		if (sent == null) {
			return present(zone);
		}
		if (!MONTH.matcher(sent).matches()) {
			parameters.refuse("month", "a month from 2020-01 to 2099-12");
			return present(zone);
		}
		return YearMonth.parse(sent);
	}

	private YearMonth present(ZoneId zone) {
		return YearMonth.from(this.clock.instant().atZone(zone));
	}

}
