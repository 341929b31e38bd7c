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

import org.springframework.beans.factory.annotation.Autowired;
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

	/**
	 * From so many sums of its days on it is worth it to keep sums of parts of a month:
	 * that many are read in some 20 ms.
	 */
	private static final int MANY_SUMS_OF_DAYS = 20_000;

	/** Each behind what it is a sum of. */
	private static final List<Level> FINEST_FIRST = List.of(Level.values()).reversed();

	private final JdbcClient jdbc;

	private final SummedMark mark;

	private final ZoneId books;

	private final int manySumsOfDays;

	@Autowired
	UsageSums(JdbcClient jdbc, SummedMark mark, Books books) {
		this(jdbc, mark, books, MANY_SUMS_OF_DAYS);
	}

	UsageSums(JdbcClient jdbc, SummedMark mark, Books books, int manySumsOfDays) {
		this.jdbc = jdbc;
		this.mark = mark;
		this.books = books.zone();
		this.manySumsOfDays = manySumsOfDays;
	}

	/** Return what there are sums of. */
	Summed summed() {
		return this.mark.read();
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
		Summed summed = summed();
		FINEST_FIRST.forEach((level) -> addUp(level, units(level, range, summed)));
		this.mark.moveTo(end);
		if (end.equals(nextDay) && summed.partsFrom().isAfter(end) && summed.fewLabelSets()) {
			addUpPartsOfMonthIfMany(end);
		}
		boolean isLastWholeDay = Grain.DAY.floor(ready.get(), this.books).equals(end);
		if (isLastWholeDay || Grain.MONTH.floor(end, this.books).equals(end)) {
			addUpMonthSoFar(end);
		}
		return end.isBefore(ready.get());
	}

	/**
	 * Compare the sums with what they are sums of.
	 * @param range what is compared: a month, or several, and of them what is summed
	 * @return the levels that differ, none if all is right
	 */
	@Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
	List<Level> differing(Range range) {
		Summed summed = summed();
		if (!range.start().isBefore(summed.until())) {
			return List.of();
		}
		Range compared = new Range(range.start(), range.end().isBefore(summed.until()) ? range.end() : summed.until());
		List<Level> differing = new ArrayList<>();
		for (Level level : FINEST_FIRST) {
			Units units = units(level, compared, summed);
			if (level.grain() == Grain.MONTH && compared.end().isAfter(summed.monthUntil())) {
				units = units.and(Units.monthSoFar(summed.monthUntil(), this.books));
			}
			// What is known to be right spares reading the facts once more.
			Level source = differing.contains(level.source()) ? null : level.source();
			if (!units.isEmpty() && differs(level, source, units)) {
				differing.add(level);
			}
		}
		return differing;
	}

	private boolean differs(Level level, @Nullable Level source, Units units) {
		return statement("""
				with expected as (select %1$s from (%2$s) e), kept as (select %1$s from (%3$s) k)
				select exists (table expected except table kept) or exists (table kept except table expected)"""
			.formatted(SumSql.COLUMNS, SumSql.of(level, source), SumSql.sums(level)), units).query(Boolean.class)
			.single();
	}

	private void numberLabels(Range range) {
		this.jdbc.sql(SumSql.NEW_LABEL_SETS)
			.param("start", Timestamps.of(range.start()))
			.param("end", Timestamps.of(range.end()))
			.update();
	}

	/**
	 * Insert the sums of units of time, instead of those of a month that was not over:
	 * each team's together, as reports read them so.
	 */
	private void addUp(Level level, Units units) {
		if (units.isEmpty()) {
			return;
		}
		if (level.grain() == Grain.MONTH) {
			statement("delete from usage_sum where level = '%s' and at >= :start and at < :end".formatted(level.code()),
					units)
				.update();
		}
		statement("""
				insert into usage_sum (%1$s)
				select %1$s from (%2$s) s order by team_id, at""".formatted(SumSql.COLUMNS,
				SumSql.of(level, level.source())), units)
			.update();
	}

	private void addUpMonthSoFar(Instant until) {
		FINEST_FIRST.stream()
			.filter((level) -> level.grain() == Grain.MONTH)
			.forEach((level) -> addUp(level, Units.monthSoFar(until, this.books)));
		this.mark.moveMonthTo(until);
	}

	private JdbcClient.StatementSpec statement(String sql, Units units) {
		return this.jdbc.sql(sql)
			.param("units", Timestamps.array(units.starts()))
			.param("stops", Timestamps.array(units.stops()))
			.param("firsts", Timestamps.array(units.startingMonths(true, this.books)))
			.param("inMonth", Timestamps.array(units.startingMonths(false, this.books)))
			.param("start", Timestamps.of(units.starts().getFirst()))
			.param("end", Timestamps.of(units.end()));
	}

	/** Return the units that are over by the end of a range and were not by its start. */
	private Units units(Level level, Range range, Summed summed) {
		boolean late = level.grain().isPartOfMonth() && summed.partsFrom().isAfter(range.start());
		Instant start = late ? summed.partsFrom() : range.start();
		return start.isBefore(range.end()) ? Units.endingIn(new Range(start, range.end()), level.grain(), this.books)
				: Units.NONE;
	}

	/** Begin with a month once it has so many sums that those of its parts spare time. */
	private void addUpPartsOfMonthIfMany(Instant end) {
		Range month = new Range(Grain.MONTH.floor(end.minusNanos(1), this.books), end);
		Units days = Units.endingIn(month, Grain.DAY, this.books);
		if (!hasMany(days)) {
			return;
		}
		this.mark.beginParts(month.start());
		Summed summed = summed();
		for (Instant day : days.starts()) {
			addUpParts(new Range(day, Grain.DAY.next(day, this.books)), summed);
		}
	}

	private void addUpParts(Range range, Summed summed) {
		FINEST_FIRST.stream()
			.filter((level) -> level.grain().isPartOfMonth())
			.forEach((level) -> addUp(level, units(level, range, summed)));
	}

	private boolean hasMany(Units days) {
		return statement(
				"select count(*) > %d from (%s) s".formatted(this.manySumsOfDays, SumSql.sums(Level.DAY_BY_ALL)), days)
			.query(Boolean.class)
			.single();
	}

	/** Return where the sums end, at first the day on which the first thing happened. */
	private Optional<Instant> start() {
		Instant until = this.mark.lock().until();
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

	private Optional<Instant> instant(String sql) {
		return this.jdbc.sql(sql).query(OffsetDateTime.class).optional().map(OffsetDateTime::toInstant);
	}

}
