package io.wangateway.admission;

import io.wangateway.dashscope.DashScopeClient;
import org.jspecify.annotations.Nullable;

/**
 * The two accounts that generations are sent to, through the same client.
 *
 * @param live the company's account, or {@code null} if there is no key for it
 * @param sandbox the simulator's
 */
public record Upstreams(@Nullable DashScopeClient live, DashScopeClient sandbox) {

	/**
	 * Return the client of an account.
	 * @param livemode whether the live one
	 * @return the client
	 * @throws IllegalStateException if that account has no key
	 */
	public DashScopeClient of(boolean livemode) {
		if (!livemode) {
			return this.sandbox;
		}
		if (this.live == null) {
			throw new IllegalStateException("There is no key for the live account");
		}
		return this.live;
	}

	/**
	 * Return whether an account can be used.
	 * @param livemode whether the live one
	 * @return whether there is a key for it
	 */
	public boolean isConfigured(boolean livemode) {
		return !livemode || this.live != null;
	}

}
