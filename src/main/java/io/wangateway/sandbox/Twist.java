package io.wangateway.sandbox;

/**
 * What can be special about the life of a task. The {@linkplain #label() label} names it
 * in a {@link Directive}.
 */
enum Twist {

	/** It waits for its value in seconds before it runs. */
	PENDING("pending"),

	/** It runs for its value in seconds. */
	RUN("run"),

	/**
	 * It has no result within three hours and then fails as
	 * {@code InternalError.Timeout}.
	 */
	STUCK("stuck"),

	/** It fails with the code that is its value, else as {@code InternalError}. */
	FAIL("fail"),

	/** It fails without a code and a message. */
	FAIL_BARE("fail-bare"),

	/** The single query does not know it; with a count, only the first so many times. */
	UNKNOWN("unknown"),

	/** The single query shows it as SUSPENDED while it runs. */
	SUSPENDED("suspended"),

	/** The single query shows its value as the status while it runs. */
	STATUS("status"),

	/** Its value is the billed seconds, whatever they should be. */
	USAGE("usage"),

	/** It succeeds without a usage. */
	NO_USAGE("no-usage"),

	/** The numbers of its usage are strings. */
	STRING_NUMBERS("string-numbers"),

	/** It succeeds without a link to the video. */
	NO_URL("no-url"),

	/**
	 * The single query echoes its value in place of the prompt, or no prompt where that
	 * is empty.
	 */
	ECHO("echo"),

	/** The single query reports its value as the SR, whatever it should be. */
	SR("sr");

	private final String label;

	Twist(String label) {
		this.label = label;
	}

	String label() {
		return this.label;
	}

}
