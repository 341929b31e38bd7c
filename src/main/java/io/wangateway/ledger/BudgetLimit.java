package io.wangateway.ledger;

import java.math.BigDecimal;
import java.util.List;

import io.wangateway.pricing.Money;
import io.wangateway.web.Fields;

/**
 * What finance decides about a team's budget.
 *
 * @param limit what the team may spend in a month
 * @param softThresholds percentages of it, each from 1 to 100, ascending
 */
record BudgetLimit(Money limit, List<Integer> softThresholds) {

	private static final BigDecimal MAX = BigDecimal.valueOf(1_000_000_000);

	private static final int PLACES = 8;

	private static final List<Integer> USUAL_THRESHOLDS = List.of(50, 80, 100);

	private static final int MAX_THRESHOLDS = 10;

	static BudgetLimit read(Fields fields) {
		BudgetLimit limit = new BudgetLimit(new Money(fields.decimal("limit", BigDecimal.ZERO, MAX, PLACES)),
				fields.wholes("soft_thresholds", USUAL_THRESHOLDS, MAX_THRESHOLDS, 1, 100));
		fields.check();
		return limit;
	}

}
