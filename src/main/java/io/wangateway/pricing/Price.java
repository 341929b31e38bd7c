package io.wangateway.pricing;

import java.math.BigDecimal;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A price on record. It never changes; another one takes its place.
 *
 * @param id the number in the database
 * @param product what it is the price of
 * @param unitPrice ¥ per second, or {@code null} if the product has no price from here on
 * @param billable which seconds are charged
 * @param effectiveFrom when it begins to hold
 * @param effectiveTo when the next one takes its place, or {@code null} if none does yet
 */
record Price(int id, Product product, @Nullable BigDecimal unitPrice, Billable billable, Instant effectiveFrom,
		@Nullable Instant effectiveTo) {

	/** Whether this is what holds for its product at a moment. */
	boolean isInForce(Instant at) {
		return !at.isBefore(this.effectiveFrom) && (this.effectiveTo == null || at.isBefore(this.effectiveTo));
	}

}
