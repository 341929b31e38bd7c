package io.wangateway.usage;

import java.time.Instant;
import java.time.OffsetDateTime;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Knows what there are sums of. */
@Component
class SummedMark {

	/**
	 * For more there would be tens of millions of sums of parts of months a year, and
	 * numbering their words for a report would take longer than it spares. Once there are
	 * more there always will be, as label sets are never fewer.
	 */
	private static final int FEW_LABEL_SETS = 2000;

	private static final String READ = """
			select sums_until, month_until, not exists (select from label_set where id > %d) as few,
			       coalesce(parts_from, 'infinity') as parts_from
			  from usage_summed""".formatted(FEW_LABEL_SETS);

	private final JdbcClient jdbc;

	SummedMark(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/** Return what there are sums of. */
	Summed read() {
		return read("");
	}

	/** Return the same, and let nobody else move it in this transaction. */
	Summed lock() {
		return read(" for update");
	}

	private Summed read(String locked) {
		return this.jdbc.sql(READ + locked).query((row, _) -> {
			boolean few = row.getBoolean("few");
			return new Summed(instant(row.getObject("sums_until", OffsetDateTime.class)),
					instant(row.getObject("month_until", OffsetDateTime.class)),
					few ? instant(row.getObject("parts_from", OffsetDateTime.class)) : Instant.MAX, few);
		}).single();
	}

	private static Instant instant(OffsetDateTime time) {
		return time.equals(OffsetDateTime.MAX) ? Instant.MAX : time.toInstant();
	}

	/** Say that there are sums up to a time. */
	void moveTo(Instant until) {
		set("sums_until", until);
	}

	/** Say that those of the month that is not over go up to a time. */
	void moveMonthTo(Instant until) {
		set("month_until", until);
	}

	/** Say that there are sums of parts of months from one on. */
	void beginParts(Instant month) {
		set("parts_from", month);
	}

	private void set(String column, Instant time) {
		this.jdbc.sql("update usage_summed set %s = :time".formatted(column))
			.param("time", Timestamps.of(time))
			.update();
	}

}
