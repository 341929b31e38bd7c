package io.wangateway.database;

import org.jspecify.annotations.Nullable;

/**
 * The embedded PostgreSQL can't be used. The message is a sentence for whoever started
 * the gateway.
 */
class EmbeddedPostgresException extends RuntimeException {

	EmbeddedPostgresException(String message) {
		this(message, null);
	}

	EmbeddedPostgresException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
