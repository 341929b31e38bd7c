package io.wangateway.finance;

import java.time.Instant;
import java.time.YearMonth;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.wangateway.pricing.Money;
import org.jspecify.annotations.Nullable;

/**
 * A month of the books.
 *
 * @param month which
 * @param startsAt its first moment, in the zone of the books
 * @param endsAt the first moment of the next month
 * @param closableAt from when on it may be closed
 * @param closed whether nothing more is posted in it
 * @param closedAt when it was closed
 * @param closedBy who closed it
 * @param spent what all teams spent in it: charges and adjustments
 * @param currency always CNY
 */
@JsonPropertyOrder({ "month", "object" })
record Month(YearMonth month, Instant startsAt, Instant endsAt, Instant closableAt, boolean closed,
		@Nullable Instant closedAt, @Nullable String closedBy, Money spent, String currency) {

	/** The kind of JSON object this is. */
	public String getObject() {
		return "period";
	}

}
