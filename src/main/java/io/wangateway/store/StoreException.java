package io.wangateway.store;

import java.nio.file.NoSuchFileException;

/**
 * The store could not do what it was asked to do.
 */
public class StoreException extends RuntimeException {

	private final boolean missing;

	private StoreException(String message, Throwable cause, boolean missing) {
		super(message, cause);
		this.missing = missing;
	}

	StoreException(String message) {
		super(message);
		this.missing = false;
	}

	/**
	 * Tell what went wrong.
	 * @param doing what was tried, such as {@code keep archive/1.mp4}
	 * @param cause what stood in the way
	 * @return the exception
	 */
	static StoreException of(String doing, Exception cause) {
		return (cause instanceof NoSuchFileException) ? missing(doing, cause)
				: new StoreException("Could not %s: %s".formatted(doing, cause), cause, false);
	}

	/** Tell that the store has no such file. */
	static StoreException missing(String doing, Exception cause) {
		return new StoreException("Could not %s: it is not there".formatted(doing), cause, true);
	}

	/**
	 * Whether the store itself works and the file is not in it. Otherwise it is worth
	 * trying again.
	 */
	public boolean isMissing() {
		return this.missing;
	}

}
