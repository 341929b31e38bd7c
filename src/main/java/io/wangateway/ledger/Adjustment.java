package io.wangateway.ledger;

import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.UUID;

import io.wangateway.pricing.Money;
import io.wangateway.team.TeamId;
import io.wangateway.web.ApiException;
import io.wangateway.web.Fields;
import org.jspecify.annotations.Nullable;

/**
 * A correction that somebody decided on.
 *
 * @param generation what was charged wrongly, or {@code null} for none in particular
 * @param team who pays more or less
 * @param livemode whether it is about money or about the sandbox
 * @param amount what is added to what was spent; less than nothing takes it back
 * @param reason why, in a line
 * @param corrects the month that it is about, or {@code null} for the one in which the
 * generation was settled, and for the present one without a generation
 */
public record Adjustment(@Nullable UUID generation, TeamId team, boolean livemode, Money amount, String reason,
		@Nullable YearMonth corrects) {

	private static final BigDecimal MAX = BigDecimal.valueOf(1_000_000_000);

	private static final int PLACES = 8;

	private static final int MAX_REASON = 500;

	/**
	 * Read an amount and a reason.
	 * @param fields the body, of which no more is read
	 * @return the amount, which is not nothing once the fields are checked
	 */
	public static Money amount(Fields fields) {
		return new Money(fields.decimal("amount", MAX.negate(), MAX, PLACES));
	}

	/** Read why. */
	public static String reason(Fields fields) {
		return fields.text("reason", null, MAX_REASON);
	}

	public Adjustment {
		if (amount.equals(Money.ZERO)) {
			throw ApiException.invalid("amount", "amount must not be nothing (was %s)".formatted(amount));
		}
	}

}
