package io.wangateway.sandbox;

/**
 * A kind of call that something can go wrong with. The prefix names it in a
 * {@link Directive}.
 */
enum Route {

	/** Creating a task. */
	CREATE(""),

	/** Asking about one task. */
	POLL("poll-"),

	/** Asking for a list of tasks. */
	LIST("list-"),

	/** Cancelling a task. */
	CANCEL("cancel-"),

	/** Fetching a video. */
	VIDEO("video-"),

	/** Asking for an upload policy. */
	POLICY("policy-"),

	/** Bringing a file. */
	UPLOAD("upload-");

	private final String prefix;

	Route(String prefix) {
		this.prefix = prefix;
	}

	String prefix() {
		return this.prefix;
	}

}
