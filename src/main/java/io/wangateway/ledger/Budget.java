package io.wangateway.ledger;

import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.wangateway.pricing.Money;
import org.jspecify.annotations.Nullable;

/**
 * How a team stands in the present month of the books.
 *
 * @param livemode whether this is about money; what the sandbox costs has no limit
 * @param limit what may be spent in the month, or {@code null} for no limit
 * @param currency always CNY
 * @param softThresholds the percentages of the limit that raise an event when spent and
 * held together reach them, or {@code null} without a limit
 * @param reachedThresholds those that did this month, or {@code null} without a limit
 * @param spent what was charged and adjusted this month
 * @param held what is set aside for open tasks, whatever their month
 * @param remaining what may still be set aside, never less than nothing, or {@code null}
 * without a limit
 * @param resetsAt when the next month begins
 */
@JsonPropertyOrder({ "object", "livemode", "limit", "currency", "period" })
public record Budget(boolean livemode, @Nullable Money limit, String currency, @Nullable List<Integer> softThresholds,
		@Nullable List<Integer> reachedThresholds, Money spent, Money held, @Nullable Money remaining,
		Instant resetsAt) {

	/** The kind of JSON object this is. */
	public String getObject() {
		return "budget";
	}

	/** What the limit is for. */
	public String getPeriod() {
		return "month";
	}

	/** Return what was decided of this, or {@code null} where nothing was. */
	@Nullable BudgetLimit decided() {
		return (this.limit != null && this.softThresholds != null) ? new BudgetLimit(this.limit, this.softThresholds)
				: null;
	}

}
