package io.wangateway.operations;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

import io.wangateway.web.ApiException;
import io.wangateway.web.Listing;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.DataClassRowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Tells ops why tasks failed and how long they took, over 31 days at most.
 */
@RestController
class StatisticsController {

	private static final Duration DEFAULT_RANGE = Duration.ofDays(7);

	private final JdbcClient jdbc;

	private final DayTimes times;

	private final Clock clock;

	StatisticsController(JdbcClient jdbc, DayTimes times, Clock clock) {
		this.jdbc = jdbc;
		this.times = times;
		this.clock = clock;
	}

	@GetMapping("/v1/admin/failures")
	Listing<Failures> failures(@RequestParam(name = "start_time", required = false) @Nullable Instant start,
			@RequestParam(name = "end_time", required = false) @Nullable Instant end) {
		Range range = range(start, end);
		return all(this.jdbc.sql("""
				select lane, error_code, upstream_code, count(*) as tasks, max(ended_at) as latest
				  from generation_record
				 where error_code is not null and ended_at >= :start and ended_at < :end
				 group by lane, error_code, upstream_code
				 order by tasks desc, lane, error_code, upstream_code""")
			.param("start", range.from().atOffset(ZoneOffset.UTC))
			.param("end", range.until().atOffset(ZoneOffset.UTC))
			.query(DataClassRowMapper.newInstance(Failures.class))
			.list());
	}

	@GetMapping("/v1/admin/run_times")
	Listing<DayTimes.Times> runTimes(@RequestParam(name = "start_time", required = false) @Nullable Instant start,
			@RequestParam(name = "end_time", required = false) @Nullable Instant end) {
		Range range = range(start, end);
		return all(this.times.between(range.from(), range.until()));
	}

	private Range range(@Nullable Instant start, @Nullable Instant end) {
		Instant until = (end != null) ? end : this.clock.instant();
		Instant from = (start != null) ? start : until.minus(DEFAULT_RANGE);
		if (from.isAfter(until) || Duration.between(from, until).compareTo(TaskFilter.LONGEST_SEARCH) > 0) {
			throw ApiException.invalid("start_time", "start_time must be before end_time, by at most 31 days");
		}
		return new Range(from, until);
	}

	private static <T> Listing<T> all(List<T> rows) {
		return new Listing<>(rows, null, null, false);
	}

	/**
	 * How often tasks failed in one way.
	 *
	 * @param lane through which lane they went
	 * @param errorCode why, in our words
	 * @param upstreamCode why, in upstream's
	 * @param tasks how many
	 * @param latest when the last one ended
	 */
	record Failures(String lane, String errorCode, @Nullable String upstreamCode, long tasks, Instant latest) {
	}

	/** From when until when. */
	private record Range(Instant from, Instant until) {
	}

}
