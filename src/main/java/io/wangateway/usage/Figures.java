package io.wangateway.usage;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

import io.wangateway.pricing.Money;

/**
 * The sums of a report, over one row or over all.
 *
 * @param tasks the tasks that were settled, whatever came of them
 * @param completed those that brought a video
 * @param failed those that did not, and those that were lost and written off
 * @param cancelled those that nobody wanted any more
 * @param secondsRequested the seconds of video asked for
 * @param secondsBilled the seconds that upstream billed
 * @param gross what was held for these tasks
 * @param released what came back of that
 * @param adjusted the corrections that were posted, of whatever task
 * @param net what was charged: gross less released, plus adjusted
 * @param held what is held now for tasks that are not settled yet
 */
record Figures(long tasks, long completed, long failed, long cancelled, long secondsRequested, String secondsBilled,
		Money gross, Money released, Money adjusted, Money net, Money held) {

	/** The sums over nothing. */
	static final Figures NONE = new Figures(0, 0, 0, 0, 0, "0", Money.ZERO, Money.ZERO, Money.ZERO, Money.ZERO,
			Money.ZERO);

	/** Seconds billed are added up in units of this many decimal places. */
	private static final int SECONDS_SCALE = 4;

	/** Money is added up in units of this many decimal places. */
	private static final int MONEY_SCALE = 8;

	private static final List<String> SUMMED = List.of("tasks", "completed", "cancelled", "seconds", "billed_seconds",
			"gross", "charged", "adjusted");

	/** The sums over facts {@code f}, in the units of {@code usage_sum}. */
	static final String SUMS = each("exact_sum(f.%1$s) as %1$s");

	/** Return SQL for what is summed, a line for each column. */
	static String each(String sql) {
		return SUMMED.stream().map((column) -> sql.formatted(column)).collect(Collectors.joining(",\n"));
	}

	/** Read the sums of a row, and what is {@code held} beside them. */
	static Figures of(ResultSet row) throws SQLException {
		long tasks = row.getLong("tasks");
		long completed = row.getLong("completed");
		long cancelled = row.getLong("cancelled");
		Money gross = money(row, "gross");
		Money charged = money(row, "charged");
		Money adjusted = money(row, "adjusted");
		return new Figures(tasks, completed, tasks - completed - cancelled, cancelled, row.getLong("seconds"),
				plain(BigDecimal.valueOf(row.getLong("billed_seconds"), SECONDS_SCALE)), gross, gross.minus(charged),
				adjusted, charged.plus(adjusted), money(row, "held"));
	}

	/** Return the seconds billed as a number. */
	BigDecimal exactSecondsBilled() {
		return new BigDecimal(this.secondsBilled);
	}

	private static Money money(ResultSet row, String column) throws SQLException {
		return new Money(BigDecimal.valueOf(row.getLong(column), MONEY_SCALE));
	}

	private static String plain(BigDecimal seconds) {
		return (seconds.signum() == 0) ? "0" : seconds.stripTrailingZeros().toPlainString();
	}

}
