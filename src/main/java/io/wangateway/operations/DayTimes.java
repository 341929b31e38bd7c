package io.wangateway.operations;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import io.wangateway.ledger.Books;

import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.DataClassRowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * How long tasks took, by lane and day of the books. Those of whole days that are over
 * are kept, since they never change; those of the days at the ends of a range are
 * reckoned from the tasks.
 */
@Component
class DayTimes {

	private static final Duration INTERVAL = Duration.ofMinutes(10);

	private final JdbcClient jdbc;

	private final TransactionTemplate transaction;

	private final ZoneId zone;

	DayTimes(JdbcClient jdbc, TransactionTemplate transaction, Books books) {
		this.jdbc = jdbc;
		this.transaction = transaction;
		this.zone = books.zone();
	}

	@Bean
	static Task<Void> dayTimesJob(DayTimes times) {
		return Tasks.recurring("keep-day-times", FixedDelay.of(INTERVAL)).execute((_, _) -> times.catchUp());
	}

	void catchUp() {
		boolean more = true;
		while (more && !Thread.currentThread().isInterrupted()) {
			more = Boolean.TRUE.equals(this.transaction.execute((_) -> keepNextDay()));
		}
	}

	/** Keep the times of a day that is over for all to see, and return whether it was. */
	private boolean keepNextDay() {
		Optional<LocalDate> next = this.jdbc.sql(
				"select coalesce(nullif(until, '-infinity'), (select day from first_day)) from day_times_kept for update")
			.query((row, _) -> Optional.ofNullable(row.getObject(1, LocalDate.class)))
			.single();
		Instant quiet = this.jdbc.sql("select quiet_since()").query(OffsetDateTime.class).single().toInstant();
		if (next.isEmpty() || start(next.get().plusDays(1)).isAfter(quiet)) {
			return false;
		}
		this.jdbc.sql("insert into day_times select * from run_times_between(:start, :end)")
			.param("start", sql(start(next.get())))
			.param("end", sql(start(next.get().plusDays(1))))
			.update();
		this.jdbc.sql("update day_times_kept set until = :day").param("day", next.get().plusDays(1)).update();
		return true;
	}

	/**
	 * Return the times of a range.
	 * @param start the first moment of it
	 * @param end the first moment after it
	 * @return by day and lane; a day at an end of the range is of that part of it
	 */
	@Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
	public List<Times> between(Instant start, Instant end) {
		LocalDate kept = this.jdbc.sql("select greatest(until, '1970-01-01') from day_times_kept")
			.query(LocalDate.class)
			.single();
		LocalDate startDay = start.atZone(this.zone).toLocalDate();
		LocalDate first = start(startDay).equals(start) ? startDay : startDay.plusDays(1);
		LocalDate last = end.atZone(this.zone).toLocalDate();
		last = last.isAfter(kept) ? kept : last;
		boolean whole = first.isBefore(last);
		return this.jdbc.sql("""
				select * from day_times where day >= :first and day < :last
				 union all
				select * from run_times_between(:start, :head)
				 union all
				select * from run_times_between(:tail, :end)
				 order by day, lane""")
			.param("first", first)
			.param("last", whole ? last : first)
			.param("start", sql(start))
			.param("head", sql(whole ? start(first) : end))
			.param("tail", sql(whole ? start(last) : end))
			.param("end", sql(end))
			.query(DataClassRowMapper.newInstance(Times.class))
			.list();
	}

	private Instant start(LocalDate day) {
		return day.atStartOfDay(this.zone).toInstant();
	}

	private static OffsetDateTime sql(Instant time) {
		return time.atOffset(ZoneOffset.UTC);
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
