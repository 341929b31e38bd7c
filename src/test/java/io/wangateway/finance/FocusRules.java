package io.wangateway.finance;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The rules of FOCUS 1.2 for a line of its cost and usage dataset, as far as they can
 * concern lines of ours: no commitments, no capacity reservations, no taxes, one kind of
 * account, one currency. An empty cell is null.
 */
final class FocusRules {

	/**
	 * Columns that every dataset must have, and those for who measures and prices units.
	 */
	static final List<String> REQUIRED = List.of("BilledCost", "BillingAccountId", "BillingAccountName",
			"BillingCurrency", "BillingPeriodEnd", "BillingPeriodStart", "ChargeCategory", "ChargeClass",
			"ChargeDescription", "ChargePeriodEnd", "ChargePeriodStart", "ConsumedQuantity", "ConsumedUnit",
			"ContractedCost", "EffectiveCost", "InvoiceIssuerName", "ListCost", "ListUnitPrice", "PricingQuantity",
			"PricingUnit", "ProviderName", "PublisherName", "ServiceCategory", "ServiceName", "SkuId", "SkuMeter",
			"SkuPriceDetails", "SkuPriceId", "SubAccountId", "SubAccountName", "Tags");

	private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?");

	private static final Pattern TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");

	private static final List<String> COSTS = List.of("BilledCost", "EffectiveCost", "ListCost", "ContractedCost");

	private static final List<String> TIMES = List.of("BillingPeriodStart", "BillingPeriodEnd", "ChargePeriodStart",
			"ChargePeriodEnd");

	private static final List<String> PRICES = List.of("ListUnitPrice", "ContractedUnitPrice");

	private static final List<String> SKU = List.of("SkuId", "SkuMeter", "SkuPriceId");

	private static final List<Rule> ALL = rules();

	private FocusRules() {
	}

	/** Return what all rules say. */
	static List<String> all() {
		return ALL.stream().map(Rule::says).toList();
	}

	/** Return the rules that a line breaks, each by what it says. */
	static List<String> broken(Map<String, String> line) {
		return ALL.stream().filter((rule) -> !rule.isKept(line)).map(Rule::says).toList();
	}

	private static List<Rule> rules() {
		List<Rule> rules = new ArrayList<>();
		for (String column : COSTS) {
			rules.add(new Rule(column + " is a number", (line) -> isNumber(line, column)));
		}
		for (String column : List.of("BillingAccountId", "ProviderName", "PublisherName", "InvoiceIssuerName",
				"ServiceName", "ChargeDescription", "SubAccountId")) {
			rules.add(new Rule(column + " is not null", (line) -> !isNull(line, column)));
		}
		for (String column : TIMES) {
			rules.add(new Rule(column + " is a time in UTC", (line) -> TIME.matcher(line.get(column)).matches()));
		}
		rules.add(new Rule("the charge period is in the billing period, from its start to before its end",
				FocusRules::periodsFit));
		rules.add(
				new Rule("BillingCurrency is a code of ISO 4217", (line) -> line.get("BillingCurrency").equals("CNY")));
		rules.add(allowed("ChargeCategory", "Usage", "Purchase", "Tax", "Credit", "Adjustment"));
		rules.add(allowed("ChargeClass", "", "Correction"));
		rules.add(allowed("ChargeFrequency", "One-Time", "Recurring", "Usage-Based"));
		rules.add(allowed("PricingCategory", "", "Standard", "Dynamic", "Committed", "Other"));
		rules.add(allowed("ServiceCategory", "AI and Machine Learning"));
		rules.add(allowed("ServiceSubcategory", "Bots", "Generative AI", "Machine Learning",
				"Natural Language Processing", "Other (AI and Machine Learning)"));
		for (String column : List.of("PricingQuantity", "ConsumedQuantity", "ListUnitPrice", "ContractedUnitPrice")) {
			rules.add(new Rule(column + " is null or a number",
					(line) -> isNull(line, column) || isNumber(line, column)));
			rules.add(usageHas(column));
		}
		for (String column : List.of("PricingCategory", "PricingUnit", "ConsumedUnit", "SkuId", "SkuPriceId")) {
			rules.add(usageHas(column));
		}
		for (String column : List.of("ConsumedQuantity", "ConsumedUnit")) {
			rules.add(new Rule(column + " is null where nothing was used",
					(line) -> isUsage(line) || isNull(line, column)));
		}
		rules.add(new Rule("ConsumedQuantity is more than nothing",
				(line) -> isNull(line, "ConsumedQuantity") || decimal(line, "ConsumedQuantity").signum() > 0));
		rules.add(allowed("PricingUnit", "", "Seconds"));
		rules.add(allowed("ConsumedUnit", "", "Seconds"));
		for (String column : PRICES) {
			rules.add(new Rule(column + " is not less than nothing",
					(line) -> isNull(line, column) || decimal(line, column).signum() >= 0));
		}
		rules.add(product("ListUnitPrice", "ListCost"));
		rules.add(product("ContractedUnitPrice", "ContractedCost"));
		rules.add(new Rule("EffectiveCost and ContractedCost are what was billed, as nothing was paid in advance",
				(line) -> line.get("EffectiveCost").equals(line.get("BilledCost"))
						&& line.get("ContractedCost").equals(line.get("BilledCost"))));
		rules.add(new Rule("SkuMeter and SkuPriceId are null together with SkuId",
				(line) -> SKU.stream().map((column) -> isNull(line, column)).distinct().count() == 1));
		rules.add(new Rule("SkuPriceDetails is null without a SkuPriceId, and else a flat JSON object",
				(line) -> isNull(line, "SkuPriceId") ? isNull(line, "SkuPriceDetails")
						: isKeyValue(line.get("SkuPriceDetails"))));
		rules.add(new Rule("SkuPriceId is free of what changes with time",
				(line) -> isNull(line, "x_PriceId") || !line.get("SkuPriceId").contains(line.get("x_PriceId"))));
		rules.add(new Rule("SubAccountName is there as SubAccountId is", (line) -> !isNull(line, "SubAccountName")));
		rules.add(new Rule("ResourceType is null together with ResourceId",
				(line) -> isNull(line, "ResourceId") == isNull(line, "ResourceType")));
		rules.add(new Rule("Tags is null or a flat JSON object",
				(line) -> isNull(line, "Tags") || isKeyValue(line.get("Tags"))));
		rules.add(new Rule("no cell stands for nothing",
				(line) -> line.values()
					.stream()
					.noneMatch((cell) -> cell.matches("(?i)null|none|n/?a|not applicable|-|unknown"))));
		return List.copyOf(rules);
	}

	private static Rule allowed(String column, String... values) {
		return new Rule("%s is one of %s".formatted(column, List.of(values)),
				(line) -> List.of(values).contains(line.get(column)));
	}

	private static Rule usageHas(String column) {
		return new Rule(column + " is not null where something was used",
				(line) -> !isUsage(line) || !line.get("ChargeClass").isEmpty() || !isNull(line, column));
	}

	private static Rule product(String price, String cost) {
		return new Rule("PricingQuantity × %s = %s".formatted(price, cost), (line) -> isNull(line, price)
				|| isNull(line, "PricingQuantity")
				|| decimal(line, "PricingQuantity").multiply(decimal(line, price)).compareTo(decimal(line, cost)) == 0);
	}

	private static boolean periodsFit(Map<String, String> line) {
		if (!TIMES.stream().allMatch((column) -> TIME.matcher(line.get(column)).matches())) {
			return false;
		}
		Instant start = Instant.parse(line.get("ChargePeriodStart"));
		Instant end = Instant.parse(line.get("ChargePeriodEnd"));
		return start.isBefore(end) && !start.isBefore(Instant.parse(line.get("BillingPeriodStart")))
				&& !end.isAfter(Instant.parse(line.get("BillingPeriodEnd")));
	}

	private static boolean isUsage(Map<String, String> line) {
		return line.get("ChargeCategory").equals("Usage");
	}

	private static boolean isNull(Map<String, String> line, String column) {
		return line.getOrDefault(column, "").isEmpty();
	}

	private static boolean isNumber(Map<String, String> line, String column) {
		return NUMBER.matcher(line.get(column)).matches();
	}

	private static BigDecimal decimal(Map<String, String> line, String column) {
		return isNumber(line, column) ? new BigDecimal(line.get(column)) : BigDecimal.ONE.negate();
	}

	private static boolean isKeyValue(String text) {
		try {
			JsonNode node = JsonMapper.shared().readTree(text);
			return node.isObject() && node.valueStream().noneMatch(JsonNode::isContainer);
		}
		catch (JacksonException _) {
			return false;
		}
	}

	/**
	 * A rule.
	 *
	 * @param says what it demands
	 * @param test whether a line keeps it
	 */
	private record Rule(String says, Predicate<Map<String, String>> test) {

		boolean isKept(Map<String, String> line) {
			return this.test.test(line);
		}

	}

}
