package io.wangateway.catalogue;

import io.wangateway.web.Violation;

/**
 * Where the routing rule leads a request.
 */
public sealed interface Route {

	/**
	 * To a mode.
	 *
	 * @param mode the mode chosen
	 * @param spec what holds for it
	 */
	record To(Mode mode, ModeSpec spec) implements Route {
	}

	/**
	 * Nowhere.
	 *
	 * @param violation what the caller has to send instead
	 */
	record Nowhere(Violation violation) implements Route {
	}

}
