package io.wangateway.sandbox;

/**
 * What can go wrong with a single answer. The {@linkplain #label() label} names it in a
 * {@link Directive}.
 */
enum Mishap {

	/** 429 {@code Throttling.RateQuota}; nothing was done. */
	THROTTLED("429"),

	/** 503 {@code ModelUnavailable}; nothing was done. */
	UNAVAILABLE("503"),

	/** 503 with a proxy's HTML page; nothing was done. */
	HTML_BEFORE("503-html"),

	/** 503 with a proxy's HTML page, although the request was carried out. */
	HTML_AFTER("503-html-after"),

	/** 500 {@code InternalError}; nothing was done. */
	ERROR_BEFORE("500-before"),

	/** 500 {@code InternalError}, although the request was carried out. */
	ERROR_AFTER("500-after"),

	/**
	 * A refusal with the code that is its value, and the status that is documented for
	 * it: {@code refuse=Arrearage}; another status stands before it:
	 * {@code refuse=500:InternalError}.
	 */
	REFUSED("refuse"),

	/** The connection closes without an answer; nothing was done. */
	RESET("reset"),

	/** The request is carried out, then the connection closes without an answer. */
	LOST_ANSWER("lost-answer"),

	/** No answer for as long as anybody waits; nothing was done. */
	HANG_BEFORE("hang-before"),

	/** The request is carried out, but the answer never comes. */
	HANG("hang"),

	/**
	 * The request is carried out, and the answer comes late: by its value in seconds,
	 * else by 3.
	 */
	SLOW("slow"),

	/** The request is carried out, and the answer comes at a byte a second. */
	DRIP("drip"),

	/** The request is carried out, and the answer is not JSON. */
	BAD_JSON("bad-json"),

	/**
	 * The request is carried out, and the connection closes in the middle of the answer.
	 */
	TRUNCATED("truncated"),

	/** The request is carried out, and the answer holds nothing but a request id. */
	EMPTY("empty"),

	/**
	 * The request is carried out, and the answer is padded to its value in MiB, else to
	 * 1024.
	 */
	HUGE("huge");

	private final String label;

	Mishap(String label) {
		this.label = label;
	}

	String label() {
		return this.label;
	}

}
