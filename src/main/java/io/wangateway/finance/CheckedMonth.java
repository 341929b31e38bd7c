package io.wangateway.finance;

import java.time.YearMonth;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.wangateway.pricing.Money;
import io.wangateway.team.TeamId;
import org.jspecify.annotations.Nullable;

/**
 * Whether a month's tasks, entries, running sums and report say the same.
 *
 * @param month which
 * @param closed whether the report is the one that was frozen
 * @param ok whether there are no differences
 * @param currency always CNY
 * @param total over all teams
 * @param differences the teams for which the sides differ
 * @param bill how Alibaba's bill compares, absent before one was imported
 */
@JsonPropertyOrder({ "object" })
record CheckedMonth(YearMonth month, boolean closed, boolean ok, String currency, Sides total, List<Sides> differences,
		@Nullable ComparedBill bill) {

	/** The kind of JSON object this is. */
	public String getObject() {
		return "period.check";
	}

	/**
	 * What was spent, from all sides. Tasks and adjustments together are to be as much as
	 * each of the others.
	 *
	 * @param team whose money, absent from the total
	 * @param tasks what the tasks say that they cost
	 * @param adjustments what people posted besides
	 * @param ledger charges and adjustments in the books
	 * @param accounts the running sum that budgets go by
	 * @param report the net sum of the usage report
	 */
	record Sides(@Nullable TeamId team, Money tasks, Money adjustments, Money ledger, Money accounts, Money report) {

		boolean agree() {
			return this.tasks.plus(this.adjustments).equals(this.ledger) && this.accounts.equals(this.ledger)
					&& this.report.equals(this.ledger);
		}

	}

}
