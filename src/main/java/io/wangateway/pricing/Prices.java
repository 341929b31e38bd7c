package io.wangateway.pricing;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;

import io.wangateway.catalogue.GenerationSpec;
import io.wangateway.web.ApiException;
import io.wangateway.web.ErrorCode;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * The prices, each in force from a moment of its own until the next one of the same
 * model, mode, resolution and sound. Rows are read at most once a second and never wrong
 * for it: see {@link PriceSheet}.
 */
@Component
public class Prices {

	private final PriceBook book;

	private final ReentrantLock reading = new ReentrantLock();

	private volatile @Nullable PriceSheet sheet;

	Prices(PriceBook book) {
		this.book = book;
	}

	/**
	 * Price a task.
	 * @param spec what is to be made
	 * @param at when it is accepted, which is now
	 * @return the price in force and what follows from it
	 * @throws ApiException if there is no price for it, so that it can't be submitted
	 */
	public Quote quote(GenerationSpec spec, Instant at) {
		Product product = Product.of(spec);
		return sheet(at).inForce(product, at)
			.map((price) -> quote(spec, price))
			.orElseThrow(() -> new ApiException(ErrorCode.INVALID_REQUEST,
					"There is no price for %s, so it can't be submitted".formatted(product)));
	}

	/**
	 * Price a task that was accepted earlier. The price it was accepted under stays its
	 * own, whatever holds by now.
	 * @param priceId the price of its first quote
	 * @param spec what was asked for
	 * @return the same quote
	 */
	public Quote quote(int priceId, GenerationSpec spec) {
		PriceSheet latest = this.sheet;
		Price price = (latest != null) ? latest.withId(priceId).orElse(null) : null;
		return quote(spec, (price != null) ? price : refresh().withId(priceId).orElseThrow());
	}

	/** Return all prices in force now. */
	List<Price> inForce(Instant at) {
		return sheet(at).inForce(at);
	}

	private static Quote quote(GenerationSpec spec, Price price) {
		return Quote.of(spec, price.id(), Objects.requireNonNull(price.unitPrice()), price.billable());
	}

	private PriceSheet sheet(Instant at) {
		PriceSheet latest = this.sheet;
		if (latest != null && latest.holdsAt(at)) {
			return latest;
		}
		this.reading.lock();
		try {
			latest = this.sheet;
			return (latest != null && latest.holdsAt(at)) ? latest : refresh();
		}
		finally {
			this.reading.unlock();
		}
	}

	private PriceSheet refresh() {
		PriceSheet latest = this.book.read();
		this.sheet = latest;
		return latest;
	}

}
