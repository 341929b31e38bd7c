package io.wangateway.pricing;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Collectors;

import io.wangateway.catalogue.Catalogue;
import io.wangateway.catalogue.Mode;
import io.wangateway.catalogue.ModeSpec;
import io.wangateway.catalogue.Model;
import io.wangateway.catalogue.Resolution;
import io.wangateway.web.ApiException;
import io.wangateway.web.Fields;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A price as finance asks for it.
 *
 * @param product what it is the price of
 * @param unitPrice ¥ per second, or {@code null} to end the price
 * @param billable which seconds are charged
 * @param effectiveFrom when it begins to hold, or {@code null} for as soon as possible
 */
record PriceSpec(Product product, @Nullable BigDecimal unitPrice, Billable billable, @Nullable Instant effectiveFrom) {

	private static final BigDecimal LEAST = new BigDecimal("0.000001");

	private static final BigDecimal MOST = new BigDecimal("999999");

	private static final int SCALE = 6;

	private static final Duration HORIZON = Duration.ofDays(3660);

	/**
	 * Read a price.
	 * @param body the body of a request
	 * @param now the present
	 * @return the price
	 * @throws ApiException if anything is wrong with it
	 */
	static PriceSpec read(ObjectNode body, Instant now) {
		Fields fields = new Fields(body);
		Product product = new Product(fields.text("model", null, 100), fields.word("mode", Mode.class, null),
				fields.word("resolution", Resolution.class, null), fields.flag("audio", null));
		fields.require("unit_price");
		BigDecimal unitPrice = fields.optionalDecimal("unit_price", LEAST, MOST, SCALE);
		String currency = fields.text("currency", Money.CURRENCY, 20);
		String unit = fields.text("unit", PriceView.UNIT, 20);
		Billable billable = fields.word("billable", Billable.class, Billable.usual(product.mode()));
		Instant effectiveFrom = fields.optionalTime("effective_from", null, Instant.EPOCH, now.plus(HORIZON));
		fields.check();
		requireOnly("currency", Money.CURRENCY, currency);
		requireOnly("unit", PriceView.UNIT, unit);
		return new PriceSpec(product, unitPrice, billable, effectiveFrom);
	}

	private static void requireOnly(String param, String only, String sent) {
		if (!sent.equals(only)) {
			throw ApiException.invalid(param, "%s must be %s (was %s)".formatted(param, only, sent));
		}
	}

	/**
	 * Refuse a price that nothing could ever be sold at. One for a model that is switched
	 * off is fine: it can be prepared.
	 * @param catalogue what can be sold
	 * @throws ApiException if the product is not in the catalogue
	 */
	void check(Catalogue catalogue) {
		Model model = catalogue.known(this.product.model())
			.orElseThrow(() -> ApiException.invalid("model", "model must be one of %s (was %s)".formatted(
					catalogue.all().stream().map(Model::id).collect(Collectors.joining(", ")), this.product.model())));
		ModeSpec mode = model.modes().get(this.product.mode());
		if (mode == null) {
			throw ApiException.invalid("mode", "%s has no mode %s".formatted(model.id(), this.product.mode().code()));
		}
		if (!mode.resolutions().contains(this.product.resolution())) {
			throw ApiException.invalid("resolution",
					"%s has no resolution %s".formatted(model.id(), this.product.resolution().code()));
		}
		if (!this.product.audio() && !mode.audioSwitch()) {
			throw ApiException.invalid("audio", "%s makes no silent videos".formatted(model.id()));
		}
	}

}
