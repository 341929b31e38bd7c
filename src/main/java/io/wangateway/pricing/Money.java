package io.wangateway.pricing;

import java.math.BigDecimal;
import java.math.RoundingMode;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * An amount in CNY. Never rounded: an amount with more than eight decimal places is
 * refused, because the books could not keep it.
 *
 * @param amount the amount in ¥, with at most eight decimal places
 */
public record Money(BigDecimal amount) implements Comparable<Money> {

	/** The only currency of the books. */
	public static final String CURRENCY = "CNY";

	/** Nothing. */
	public static final Money ZERO = new Money(BigDecimal.ZERO);

	static final int BOOK_SCALE = 8;

	private static final int SHOWN_SCALE = 2;

	public Money {
		amount = amount.setScale(BOOK_SCALE, RoundingMode.UNNECESSARY);
	}

	/**
	 * Return an amount.
	 * @param amount a decimal number of ¥
	 * @return the amount
	 */
	@JsonCreator
	public static Money of(String amount) {
		return new Money(new BigDecimal(amount));
	}

	public Money plus(Money other) {
		return new Money(this.amount.add(other.amount));
	}

	public Money minus(Money other) {
		return new Money(this.amount.subtract(other.amount));
	}

	public Money min(Money other) {
		return (compareTo(other) <= 0) ? this : other;
	}

	/** Whether this is more than nothing. */
	public boolean isPositive() {
		return this.amount.signum() > 0;
	}

	/** Return the amount as a person reads it: half-up to two places. */
	public String rounded() {
		return this.amount.setScale(SHOWN_SCALE, RoundingMode.HALF_UP).toPlainString();
	}

	@Override
	public int compareTo(Money other) {
		return this.amount.compareTo(other.amount);
	}

	/** Return the exact amount with at least two decimal places. */
	@Override
	@JsonValue
	public String toString() {
		return plain(this.amount);
	}

	static String plain(BigDecimal number) {
		BigDecimal stripped = number.stripTrailingZeros();
		return stripped.setScale(Math.max(SHOWN_SCALE, stripped.scale()), RoundingMode.UNNECESSARY).toPlainString();
	}

}
