package io.wangateway.finance;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

import io.wangateway.finance.ComparedBill.Cause;
import io.wangateway.pricing.Money;
import org.jspecify.annotations.Nullable;

/**
 * What both sides say about a model on a day, and what may explain a difference.
 *
 * @param day in Beijing
 * @param model Alibaba's name of the model
 * @param billed what Alibaba bills
 * @param billedSeconds for how many seconds, {@code null} where the bill does not say
 * @param lines in how many lines
 * @param charged what we charged
 * @param chargedSeconds for how many seconds
 * @param tasks for how many tasks
 * @param lost how many tasks that were sent on the day are lost
 * @param inDoubt how many tasks that were accepted on the day are in doubt
 * @param unclaimed how many upstream tasks of the day nobody here made
 */
record BilledDay(LocalDate day, String model, Money billed, @Nullable BigDecimal billedSeconds, int lines,
		Money charged, BigDecimal chargedSeconds, int tasks, int lost, int inDoubt, int unclaimed) {

	/** What may be lost or gained where a line or a task is rounded to the fen. */
	private static final BigDecimal HALF_A_FEN = new BigDecimal("0.005");

	ComparedBill.Day compared(List<BilledDay> days) {
		return new ComparedBill.Day(this.day, this.model, this.billed, PlainChargeSheet.decimal(this.billedSeconds),
				this.lines, this.charged, String.valueOf(PlainChargeSheet.decimal(this.chargedSeconds)), this.tasks,
				difference(), causes(days));
	}

	private Money difference() {
		return this.billed.minus(this.charged);
	}

	private List<Cause> causes(List<BilledDay> days) {
		if (difference().equals(Money.ZERO)) {
			return List.of();
		}
		if (isRounding(difference())) {
			return List.of(Cause.ROUNDING);
		}
		List<Cause> causes = new ArrayList<>();
		boolean isMore = difference().isPositive();
		add(causes, Cause.ANOTHER_DAY, days.stream().anyMatch(this::evensOut));
		add(causes, Cause.UNIT_PRICE,
				this.billedSeconds != null && this.lines > 0 && this.billedSeconds.compareTo(this.chargedSeconds) == 0);
		add(causes, Cause.LOST_TASKS, isMore && this.lost > 0);
		add(causes, Cause.TASKS_IN_DOUBT, isMore && this.inDoubt > 0);
		add(causes, Cause.UNCLAIMED_UPSTREAM_TASKS, isMore && this.unclaimed > 0);
		add(causes, Cause.NOT_ON_THE_BILL, this.lines == 0);
		add(causes, Cause.UNKNOWN, causes.isEmpty());
		return causes;
	}

	private static void add(List<Cause> causes, Cause cause, boolean applies) {
		if (applies) {
			causes.add(cause);
		}
	}

	private boolean evensOut(BilledDay other) {
		return other.model.equals(this.model)
				&& (other.day.equals(this.day.minusDays(1)) || other.day.equals(this.day.plusDays(1)))
				&& isRounding(difference().plus(other.difference()));
	}

	private boolean isRounding(Money difference) {
		return difference.amount()
			.abs()
			.compareTo(HALF_A_FEN.multiply(BigDecimal.valueOf(Math.max(this.lines, this.tasks)))) <= 0;
	}

}
