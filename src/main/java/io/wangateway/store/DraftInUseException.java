package io.wangateway.store;

/**
 * Somebody else writes the same draft, perhaps a process that was given up for dead.
 */
public final class DraftInUseException extends RuntimeException {

	DraftInUseException(String name) {
		super(name + " is being written by somebody else");
	}

}
