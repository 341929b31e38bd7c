package io.wangateway.team;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * What a key that was looked up stands for.
 *
 * @param caller whose key it is
 * @param validUntil when it stops working by itself, {@code null} for never
 * @param queriesPerMinute how much it may ask, zero for operators, who have no such limit
 */
record KnownKey(Caller caller, @Nullable Instant validUntil, int queriesPerMinute) {

	boolean isValid(Instant now) {
		return this.validUntil == null || now.isBefore(this.validUntil);
	}

}
