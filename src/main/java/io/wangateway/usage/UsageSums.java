package io.wangateway.usage;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.wangateway.ledger.Books;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The sums that reports are put together from. They are complete up to one moment, and
 * reports add up what came after it one by one. That moment moves on in quarters of an
 * hour, each only when no transaction is running any more that began before its end,
 * because such a one would settle in the past.
 */
@Component
class UsageSums {

	/**
	 * A transaction may have begun that does not show yet, and the database's clock may
	 * be set back a little.
	 */
	private static final Duration MARGIN = Duration.ofMinutes(1);

	private static final String COLUMNS = """
			at, level, team_id, key_id, price_id, label_set_id, livemode, tasks, completed, cancelled, seconds, billed_seconds,
			gross, charged, adjusted""";

	/** Each behind what it is a sum of. */
	private static final List<Level> FINEST_FIRST = List.of(Level.values()).reversed();

	private final JdbcClient jdbc;

	private final ZoneId books;

	UsageSums(JdbcClient jdbc, Books books) {
		this.jdbc = jdbc;
		this.books = books.zone();
	}

	/**
	 * Return up to when the sums are complete.
	 * @return the moment; long ago where there are none yet
	 */
	Instant until() {
		return instant("select until from usage_summed").orElseThrow();
	}

	/**
	 * Add up what is ready, one day of the books at most: what a day needs is in memory.
	 * @return whether more may be ready
	 */
	@Transactional
	boolean advance() {
		Optional<Instant> start = start();
		Optional<Instant> ready = start.flatMap(this::readyAfter);
		if (start.isEmpty() || ready.isEmpty()) {
			return false;
		}
		Instant nextDay = Grain.DAY.next(Grain.DAY.floor(start.get(), this.books), this.books);
		Instant end = ready.get().isBefore(nextDay) ? ready.get() : nextDay;
		Range range = new Range(start.get(), end);
		numberLabels(range);
		FINEST_FIRST.forEach((level) -> addUp(level, range));
		moveTo(end);
		return end.isBefore(ready.get());
	}

	/**
	 * Compare the sums with what they are sums of.
	 * @param range what is compared: a month, or several, and of them what is summed
	 * @return the levels that differ, none if all is right
	 */
	@Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
	List<Level> differing(Range range) {
		Instant until = until();
		if (!range.start().isBefore(until)) {
			return List.of();
		}
		Range summed = new Range(range.start(), range.end().isBefore(until) ? range.end() : until);
		List<Level> differing = new ArrayList<>();
		for (Level level : FINEST_FIRST) {
			List<Instant> units = level.grain().endingIn(summed, this.books);
			// What is known to be right spares reading the facts once more.
			Level source = differing.contains(level.source()) ? null : level.source();
			if (!units.isEmpty() && differs(level, source, units)) {
				differing.add(level);
			}
		}
		return differing;
	}

	private boolean differs(Level level, @Nullable Level source, List<Instant> units) {
		return statement("""
				with expected as (select %1$s from (%2$s) e), kept as (select %1$s from (%3$s) k)
				select exists (table expected except table kept) or exists (table kept except table expected)"""
			.formatted(COLUMNS, SumSql.of(level, source), SumSql.sums(level)), level, units).query(Boolean.class)
			.single();
	}

	private void numberLabels(Range range) {
		this.jdbc.sql(SumSql.NEW_LABEL_SETS)
			.param("start", Timestamps.of(range.start()))
			.param("end", Timestamps.of(range.end()))
			.update();
	}

	/** Insert the sums of the units of time that end in a range. */
	private void addUp(Level level, Range range) {
		List<Instant> units = level.grain().endingIn(range, this.books);
		if (!units.isEmpty()) {
			statement("insert into usage_sum (%1$s) select %1$s from (%2$s) s".formatted(COLUMNS,
					SumSql.of(level, level.source())), level, units)
				.update();
		}
	}

	private JdbcClient.StatementSpec statement(String sql, Level level, List<Instant> units) {
		return this.jdbc.sql(sql)
			.param("units", Timestamps.array(units))
			.param("start", Timestamps.of(units.getFirst()))
			.param("end", Timestamps.of(level.grain().next(units.getLast(), this.books)));
	}

	private Instant lock() {
		return instant("select until from usage_summed for update").orElseThrow();
	}

	/** Return where the sums end, at first the day on which the first thing happened. */
	private Optional<Instant> start() {
		Instant until = lock();
		return until.isAfter(Instant.EPOCH) ? Optional.of(until)
				: instant("select min(at) from usage_fact having min(at) is not null")
					.map((at) -> Grain.DAY.floor(at, this.books));
	}

	private Optional<Instant> readyAfter(Instant start) {
		return instant("""
				select least(books_now(), min(xact_start))
				  from pg_stat_activity
				 where datname = current_database() and backend_type = 'client backend' and pid <> pg_backend_pid()""")
			.map((oldest) -> Grain.QUARTER.floor(oldest.minus(MARGIN), this.books))
			.filter(start::isBefore);
	}

	private void moveTo(Instant until) {
		this.jdbc.sql("update usage_summed set until = :until").param("until", Timestamps.of(until)).update();
	}

	private Optional<Instant> instant(String sql) {
		return this.jdbc.sql(sql).query(OffsetDateTime.class).optional().map(OffsetDateTime::toInstant);
	}

}
