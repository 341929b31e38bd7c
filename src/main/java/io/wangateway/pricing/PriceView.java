package io.wangateway.pricing;

import java.time.Instant;

import io.wangateway.catalogue.Mode;
import io.wangateway.catalogue.Resolution;
import org.jspecify.annotations.Nullable;

/**
 * A price as finance sees it.
 *
 * @param id its id
 * @param model the public name
 * @param mode what a video is made from
 * @param resolution the tier of its size
 * @param audio whether it has sound
 * @param unitPrice ¥ per second, exact; absent where the product has no price from here
 * on
 * @param currency always CNY
 * @param unit always second
 * @param billable which seconds are charged
 * @param effectiveFrom when it begins to hold
 * @param effectiveTo when the next one takes its place, absent where none does yet
 */
record PriceView(PriceId id, String model, Mode mode, Resolution resolution, boolean audio, @Nullable String unitPrice,
		String currency, String unit, Billable billable, Instant effectiveFrom, @Nullable Instant effectiveTo) {

	static final String UNIT = "second";

	static PriceView of(Price price) {
		Product product = price.product();
		return new PriceView(new PriceId(price.id()), product.model(), product.mode(), product.resolution(),
				product.audio(), (price.unitPrice() != null) ? Money.plain(price.unitPrice()) : null, Money.CURRENCY,
				UNIT, price.billable(), price.effectiveFrom(), price.effectiveTo());
	}

}
