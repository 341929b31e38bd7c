package io.wangateway.pricing;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * All prices on record at a moment, those of the past and of the future among them. What
 * it says can be relied on for {@link PriceBook#LEAD} after that moment: whatever was put
 * on record since does not count before then.
 */
final class PriceSheet {

	private final Instant readAt;

	private final List<Price> prices;

	private final Map<Product, List<Price>> byProduct;

	private final Map<Integer, Price> byId;

	PriceSheet(Instant readAt, List<Price> prices) {
		this.readAt = readAt;
		this.prices = List.copyOf(prices);
		this.byProduct = prices.stream().collect(Collectors.groupingBy(Price::product));
		this.byId = prices.stream().collect(Collectors.toMap(Price::id, Function.identity()));
	}

	/** Whether no price that is not on this sheet can be in force at a moment. */
	boolean holdsAt(Instant at) {
		return Duration.between(this.readAt, at).abs().compareTo(PriceBook.LEAD) < 0;
	}

	/** Return the price in force for a product, if it has one. */
	Optional<Price> inForce(Product product, Instant at) {
		return this.byProduct.getOrDefault(product, List.of())
			.stream()
			.filter((price) -> price.isInForce(at) && price.unitPrice() != null)
			.findFirst();
	}

	/** Return all prices in force, in the order in which they were put on record. */
	List<Price> inForce(Instant at) {
		return this.prices.stream().filter((price) -> price.isInForce(at) && price.unitPrice() != null).toList();
	}

	/** Return a price, whenever it holds. */
	Optional<Price> withId(int id) {
		return Optional.ofNullable(this.byId.get(id));
	}

}
