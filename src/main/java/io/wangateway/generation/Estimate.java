package io.wangateway.generation;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.wangateway.catalogue.GenerationSpec;
import io.wangateway.catalogue.Mode;
import io.wangateway.catalogue.Resolution;
import io.wangateway.pricing.Money;
import io.wangateway.pricing.Quote;
import org.jspecify.annotations.Nullable;

/**
 * What a request would become and cost, had it not been a dry run.
 *
 * @param model the public name
 * @param mode what the routing rule chose
 * @param upstreamModel DashScope's name of the model
 * @param duration the seconds of video
 * @param resolution the tier
 * @param audio whether there is sound
 * @param unitPrice ¥ per second
 * @param estimatedCost unit price × seconds
 * @param maximumCost what would be held
 * @param currency always CNY
 * @param budgetRemaining what the team may still spend this month, absent without a
 * budget
 */
@JsonPropertyOrder({ "object" })
record Estimate(String model, Mode mode, String upstreamModel, int duration, Resolution resolution, boolean audio,
		Money unitPrice, Money estimatedCost, Money maximumCost, String currency, @Nullable Money budgetRemaining) {

	static Estimate of(Quote quote, @Nullable Money budgetRemaining) {
		GenerationSpec spec = quote.spec();
		return new Estimate(spec.model(), spec.mode(), spec.upstreamModel(), spec.seconds(), spec.resolution(),
				spec.audio(), new Money(quote.unitPrice()), quote.estimate(), quote.maximum(), Money.CURRENCY,
				budgetRemaining);
	}

	public String getObject() {
		return "generation.estimate";
	}

}
