package io.wangateway.archive;

import org.jspecify.annotations.Nullable;

/**
 * A video could not be copied this time; another try may succeed.
 */
final class CopyFailedException extends RuntimeException {

	CopyFailedException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
