package io.wangateway.operations;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
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

	private final Clock clock;

	StatisticsController(JdbcClient jdbc, Clock clock) {
		this.jdbc = jdbc;
		this.clock = clock;
	}

	@GetMapping("/v1/admin/failures")
	Listing<Failures> failures(@RequestParam(name = "start_time", required = false) @Nullable Instant start,
			@RequestParam(name = "end_time", required = false) @Nullable Instant end) {
		return all(query("""
				select lane, error_code, upstream_code, count(*) as tasks, max(ended_at) as latest
				  from generation_record
				 where error_code is not null and ended_at >= :start and ended_at < :end
				 group by lane, error_code, upstream_code
				 order by tasks desc, lane, error_code, upstream_code""", start, end, Failures.class));
	}

	@GetMapping("/v1/admin/run_times")
	Listing<Times> runTimes(@RequestParam(name = "start_time", required = false) @Nullable Instant start,
			@RequestParam(name = "end_time", required = false) @Nullable Instant end) {
		return all(query("""
				select lane, day, tasks, queued[1] as queued_p50, queued[2] as queued_p95,
				       queued[3] as queued_p99, ran[1] as ran_p50, ran[2] as ran_p95, ran[3] as ran_p99
				  from (select lane, (ended_at at time zone b.zone)::date as day, count(*) as tasks,
				               percentile_cont(array[0.5, 0.95, 0.99]) within group (
				                   order by extract(epoch from submitted_at - created_at)) as queued,
				               percentile_cont(array[0.5, 0.95, 0.99]) within group (
				                   order by extract(epoch from ended_at - submitted_at)) as ran
				          from generation_record, books b
				         where state = 'SUCCEEDED' and ended_at >= :start and ended_at < :end
				         group by lane, day) t
				 order by day, lane""", start, end, Times.class));
	}

	private <T> List<T> query(String sql, @Nullable Instant start, @Nullable Instant end, Class<T> type) {
		Instant until = (end != null) ? end : this.clock.instant();
		Instant from = (start != null) ? start : until.minus(DEFAULT_RANGE);
		if (from.isAfter(until) || Duration.between(from, until).compareTo(TaskFilter.LONGEST_SEARCH) > 0) {
			throw ApiException.invalid("start_time", "start_time must be before end_time, by at most 31 days");
		}
		return this.jdbc.sql(sql)
			.param("start", from.atOffset(ZoneOffset.UTC))
			.param("end", until.atOffset(ZoneOffset.UTC))
			.query(DataClassRowMapper.newInstance(type))
			.list();
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

	/**
	 * How long the completed tasks of a day took, in seconds.
	 *
	 * @param lane through which lane they went
	 * @param day in the books' zone
	 * @param tasks how many
	 * @param queuedP50 from acceptance to upstream's taking it, for half of them
	 * @param queuedP95 for 95 of 100
	 * @param queuedP99 for 99 of 100
	 * @param ranP50 from there to our learning of the end, for half of them
	 * @param ranP95 for 95 of 100
	 * @param ranP99 for 99 of 100
	 */
	record Times(String lane, LocalDate day, long tasks, BigDecimal queuedP50, BigDecimal queuedP95,
			BigDecimal queuedP99, BigDecimal ranP50, BigDecimal ranP95, BigDecimal ranP99) {
	}

}
