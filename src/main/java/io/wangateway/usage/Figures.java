package io.wangateway.usage;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;

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

	/** The sums over facts {@code f}, as {@code usage_sum} names them. */
	static final String SUMS = """
			coalesce(sum(f.tasks), 0) as tasks,
			coalesce(sum(f.completed), 0) as completed,
			coalesce(sum(f.cancelled), 0) as cancelled,
			coalesce(sum(f.seconds), 0) as seconds,
			coalesce(sum(f.billed_seconds), 0) as billed_seconds,
			coalesce(sum(f.gross), 0) as gross,
			coalesce(sum(f.charged), 0) as charged,
			coalesce(sum(f.adjusted), 0) as adjusted""";

	/** Read the sums of a row, and what is {@code held} beside them. */
	static Figures of(ResultSet row) throws SQLException {
		long tasks = row.getLong("tasks");
		long completed = row.getLong("completed");
		long cancelled = row.getLong("cancelled");
		Money gross = new Money(row.getBigDecimal("gross"));
		Money charged = new Money(row.getBigDecimal("charged"));
		Money adjusted = new Money(row.getBigDecimal("adjusted"));
		return new Figures(tasks, completed, tasks - completed - cancelled, cancelled, row.getLong("seconds"),
				plain(row.getBigDecimal("billed_seconds")), gross, gross.minus(charged), adjusted,
				charged.plus(adjusted), new Money(row.getBigDecimal("held")));
	}

	/** Return the seconds billed as a number. */
	BigDecimal exactSecondsBilled() {
		return new BigDecimal(this.secondsBilled);
	}

	private static String plain(BigDecimal seconds) {
		return (seconds.signum() == 0) ? "0" : seconds.stripTrailingZeros().toPlainString();
	}

}
