package io.wangateway.pricing;

import java.time.Instant;

import org.springframework.stereotype.Component;

import io.wangateway.catalogue.GenerationSpec;
import io.wangateway.web.ApiException;

/**
 * The prices, each in force from a moment of its own until the next one of the same
 * model, mode, resolution and sound.
 */
@Component
public class Prices {

	/**
	 * Price a task.
	 * @param spec what is to be made
	 * @param at when it is accepted, which is now
	 * @return the price in force and what follows from it
	 * @throws ApiException if there is no price for it, so that it can't be submitted
	 */
	public Quote quote(GenerationSpec spec, Instant at) {
		throw new UnsupportedOperationException();
	}

}
