package io.wangateway.finance;

import java.math.RoundingMode;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;

import io.wangateway.pricing.Money;
import io.wangateway.web.CsvWriter;
import org.jspecify.annotations.Nullable;

/**
 * Charges as cost tools read them: FOCUS 1.2. What was made is Usage, priced by the
 * second; what people or upstream added later is an Adjustment without quantities. The
 * charge period is the hour of posting, the billing period the month of the books.
 *
 * @see <a href="https://focus.finops.org/focus-specification/v1-2/">the specification</a>
 */
class FocusChargeSheet implements ChargeSheet {

	private static final String SECONDS = "Seconds";

	private static final String PROVIDER = "Alibaba Cloud";

	private static final int QUANTITY_SCALE = 4;

	private final ZoneId zone;

	FocusChargeSheet(ZoneId zone) {
		this.zone = zone;
	}

	@Override
	public List<String> columns() {
		return List.of("BilledCost", "EffectiveCost", "ListCost", "ContractedCost", "BillingCurrency",
				"BillingAccountId", "BillingAccountName", "BillingPeriodStart", "BillingPeriodEnd", "ChargePeriodStart",
				"ChargePeriodEnd", "ChargeCategory", "ChargeClass", "ChargeDescription", "ChargeFrequency",
				"PricingCategory", "PricingQuantity", "PricingUnit", "ListUnitPrice", "ContractedUnitPrice",
				"ConsumedQuantity", "ConsumedUnit", "ProviderName", "PublisherName", "InvoiceIssuerName", "ServiceName",
				"ServiceCategory", "ServiceSubcategory", "SkuId", "SkuMeter", "SkuPriceId", "SkuPriceDetails",
				"SubAccountId", "SubAccountName", "ResourceId", "ResourceType", "Tags", "x_EntryId", "x_CostCenter",
				"x_PriceId");
	}

	@Override
	public void write(CsvWriter csv, ChargeRow charge) {
		for (int i = 0; i < 4; i++) {
			csv.plain(charge.amount());
		}
		csv.plain(Money.CURRENCY).plain("wan-gateway").plain("wan-gateway");
		periods(csv, charge);
		ChargeRow.Task task = charge.task();
		csv.plain(charge.isUsage() ? "Usage" : "Adjustment")
			.plain(charge.isCorrection() ? "Correction" : null)
			.text(description(charge))
			.plain(charge.isUsage() ? "Usage-Based" : "One-Time");
		quantities(csv, charge.isUsage() ? task : null, charge.amount());
		for (int i = 0; i < 3; i++) {
			csv.plain(PROVIDER);
		}
		csv.plain("Model Studio").plain("AI and Machine Learning").plain("Generative AI");
		sku(csv, task);
		csv.plain(charge.entry().team())
			.text(charge.teamName())
			.plain((task != null) ? task.id() : null)
			.plain((task != null) ? "Video" : null)
			.text((task != null) ? task.labels() : null)
			.plain(EntryView.of(charge.entry()).id())
			.text(charge.costCenter())
			.plain((task != null) ? "price_" + task.priceId() : null)
			.endLine();
	}

	/**
	 * What was sold. The id of its price is the same whatever the price is: it stays when
	 * prices change, so that tools can follow them.
	 */
	private static void sku(CsvWriter csv, ChargeRow.@Nullable Task task) {
		if (task == null) {
			csv.plain(null).plain(null).plain(null).plain(null);
			return;
		}
		csv.text(task.product())
			.plain("Video Generation")
			.text(task.product())
			.plain("""
					{"Model":"%s","Mode":"%s","Resolution":"%s","Audio":%s}""".formatted(task.model(), task.mode(),
					task.resolution(), task.audio()));
	}

	private void periods(CsvWriter csv, ChargeRow charge) {
		YearMonth month = charge.entry().month();
		ZonedDateTime hour = charge.entry().postedAt().atZone(this.zone).truncatedTo(ChronoUnit.HOURS);
		csv.plain(begin(month))
			.plain(begin(month.plusMonths(1)))
			.plain(hour.toInstant())
			.plain(hour.plusHours(1).toInstant());
	}

	private Instant begin(YearMonth month) {
		return month.atDay(1).atStartOfDay(this.zone).toInstant();
	}

	/**
	 * Seconds and their price, whose product is the cost. Where upstream billed more than
	 * was held, the seconds here are those of the hold; the rest is an adjustment.
	 */
	private static void quantities(CsvWriter csv, ChargeRow.@Nullable Task task, Money amount) {
		if (task == null) {
			for (int i = 0; i < 7; i++) {
				csv.plain(null);
			}
			return;
		}
		String seconds = PlainChargeSheet
			.decimal(amount.amount().divide(task.unitPrice().amount(), QUANTITY_SCALE, RoundingMode.HALF_UP));
		csv.plain("Standard")
			.plain(seconds)
			.plain(SECONDS)
			.plain(task.unitPrice())
			.plain(task.unitPrice())
			.plain(seconds)
			.plain(SECONDS);
	}

	private static @Nullable String description(ChargeRow charge) {
		ChargeRow.Task task = charge.task();
		return (task != null && charge.entry().kind().equals("charge")) ? task.explanation() : charge.entry().reason();
	}

}
