package io.wangateway.pricing;

import java.math.BigDecimal;
import java.math.RoundingMode;

import io.wangateway.catalogue.GenerationSpec;
import org.jspecify.annotations.Nullable;

/**
 * The price under which a task was accepted, which it keeps, and what follows from it.
 *
 * @param spec what was priced
 * @param priceId the price in force when the task was accepted
 * @param unitPrice ¥ per second
 * @param billable which seconds are charged
 * @param maximum the hold: the least amount that the charge can't exceed
 */
public record Quote(GenerationSpec spec, int priceId, BigDecimal unitPrice, Billable billable, Money maximum) {

	/**
	 * Return the quote for a task under a price.
	 * @param spec what is to be made
	 * @param priceId the price
	 * @param unitPrice ¥ per second
	 * @param billable which seconds are charged
	 * @return the quote
	 */
	static Quote of(GenerationSpec spec, int priceId, BigDecimal unitPrice, Billable billable) {
		BigDecimal seconds = switch (billable) {
			case OUTPUT -> BigDecimal.valueOf(spec.seconds());
			case INPUT_AND_OUTPUT -> spec.mostInputSeconds().add(BigDecimal.valueOf(spec.seconds()));
		};
		return new Quote(spec, priceId, unitPrice, billable, cost(unitPrice, seconds, RoundingMode.CEILING));
	}

	/** Return the price of the seconds asked for. */
	public Money estimate() {
		return cost(this.unitPrice, BigDecimal.valueOf(this.spec.seconds()), RoundingMode.HALF_UP);
	}

	/** Return one line that explains the estimate and, where it differs, the hold. */
	public String explanation() {
		Money estimate = estimate();
		String line = "%s = ¥%s".formatted(product(this.spec.seconds() + " s"), estimate);
		return this.maximum.equals(estimate) ? line : "%s, at most ¥%s with %s s of reference".formatted(line,
				this.maximum, seconds(this.spec.mostInputSeconds()));
	}

	/**
	 * Return what a video costs.
	 * @param billed the seconds that upstream says it billed; where it is silent, the
	 * seconds asked for are charged
	 * @return the charge
	 */
	public Charge charge(BilledSeconds billed) {
		return switch (this.billable) {
			case OUTPUT -> charge(output(billed), null);
			case INPUT_AND_OUTPUT -> charge(total(billed), billed.input());
		};
	}

	private BigDecimal output(BilledSeconds billed) {
		BigDecimal input = (this.spec.mostInputSeconds().signum() == 0) ? BigDecimal.ZERO : billed.input();
		if (billed.output() != null) {
			return billed.output();
		}
		if (billed.duration() != null && input != null && input.compareTo(billed.duration()) <= 0) {
			return billed.duration().subtract(input);
		}
		return BigDecimal.valueOf(this.spec.seconds());
	}

	private BigDecimal total(BilledSeconds billed) {
		if (billed.duration() != null) {
			return billed.duration();
		}
		BigDecimal output = (billed.output() != null) ? billed.output() : BigDecimal.valueOf(this.spec.seconds());
		return (billed.input() != null) ? output.add(billed.input()) : output;
	}

	private Charge charge(BigDecimal seconds, @Nullable BigDecimal input) {
		Money cost = cost(this.unitPrice, seconds, RoundingMode.HALF_UP);
		Money amount = cost.min(this.maximum);
		Money excess = cost.minus(amount);
		String line = "%s = ¥%s".formatted(product(split(seconds, input)), cost);
		if (excess.isPositive()) {
			line += ", ¥%s more than the ¥%s held".formatted(excess, this.maximum);
		}
		return new Charge(amount, excess, seconds, line);
	}

	private static String split(BigDecimal seconds, @Nullable BigDecimal input) {
		if (input == null || input.signum() == 0 || input.compareTo(seconds) >= 0) {
			return seconds(seconds) + " s";
		}
		return "%s s (%s s reference + %s s video)".formatted(seconds(seconds), seconds(input),
				seconds(seconds.subtract(input)));
	}

	private String product(String seconds) {
		return "%s × ¥%s (%s, %s, %s)".formatted(seconds, Money.plain(this.unitPrice), this.spec.resolution().code(),
				this.spec.audio() ? "with sound" : "silent", this.spec.mode().code());
	}

	private static String seconds(BigDecimal seconds) {
		return seconds.stripTrailingZeros().toPlainString();
	}

	private static Money cost(BigDecimal unitPrice, BigDecimal seconds, RoundingMode beyondTheBooks) {
		return new Money(unitPrice.multiply(seconds).setScale(Money.BOOK_SCALE, beyondTheBooks));
	}

}
