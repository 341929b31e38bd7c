package io.wangateway.generation;

import java.util.regex.Pattern;

import io.wangateway.web.ApiException;
import org.jspecify.annotations.Nullable;

/**
 * What an {@code Idempotency-Key} may look like.
 */
final class IdempotencyKeys {

	private static final Pattern VISIBLE_ASCII = Pattern.compile("[\\x21-\\x7e]{1,255}");

	private IdempotencyKeys() {
	}

	static void check(@Nullable String key) {
		if (key != null && !VISIBLE_ASCII.matcher(key).matches()) {
			throw ApiException.invalid("Idempotency-Key",
					"Idempotency-Key must be 1 to 255 visible ASCII characters (was %d characters long)"
						.formatted(key.length()));
		}
	}

}
