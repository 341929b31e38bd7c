package io.wangateway.pricing;

import java.math.BigDecimal;

/**
 * What an ended task costs.
 *
 * @param amount what is charged, at most the hold
 * @param excess what upstream billed beyond the hold, zero as a rule; it goes into the
 * books as an adjustment
 * @param seconds the seconds that were billed
 * @param explanation one line that a person understands
 */
public record Charge(Money amount, Money excess, BigDecimal seconds, String explanation) {

	/**
	 * Return the charge for a task without a video.
	 * @param reason why there is none, as the rest of a sentence such as
	 * {@code the task failed}
	 * @return no charge
	 */
	public static Charge nothing(String reason) {
		return new Charge(Money.ZERO, Money.ZERO, BigDecimal.ZERO, "¥%s: %s".formatted(Money.ZERO, reason));
	}

}
