package io.wangateway.pricing;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;

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

	/**
	 * What is being read. All who need it share the outcome: a database that is away is
	 * waited for once, not by one after the other.
	 */
	private final AtomicReference<@Nullable CompletableFuture<PriceSheet>> reading = new AtomicReference<>();

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
		PriceSheet shared = refresh();
		// What others had begun to read may be too old; the next one is not.
		return shared.holdsAt(at) ? shared : refresh();
	}

	private PriceSheet refresh() {
		CompletableFuture<PriceSheet> own = new CompletableFuture<>();
		CompletableFuture<PriceSheet> others = this.reading.compareAndExchange(null, own);
		return (others != null) ? await(others) : read(own);
	}

	private PriceSheet read(CompletableFuture<PriceSheet> outcome) {
		try {
			PriceSheet latest = this.book.read();
			this.sheet = latest;
			outcome.complete(latest);
			return latest;
		}
		catch (RuntimeException | Error ex) {
			outcome.completeExceptionally(ex);
			throw ex;
		}
		finally {
			this.reading.set(null);
		}
	}

	private static PriceSheet await(CompletableFuture<PriceSheet> outcome) {
		try {
			return outcome.join();
		}
		catch (CompletionException ex) {
			throw (ex.getCause() instanceof RuntimeException failure) ? failure : ex;
		}
	}

}
