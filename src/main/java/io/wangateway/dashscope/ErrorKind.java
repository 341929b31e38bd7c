package io.wangateway.dashscope;

/**
 * What a code of DashScope's is about, for a request that was refused and for a task that
 * failed.
 */
public enum ErrorKind {

	/** A value, a combination or a medium that DashScope does not take. */
	INVALID_PARAMETERS,

	/** Moderation refused the input or the output, or suspects an infringement. */
	CONTENT_POLICY,

	/** DashScope could not fetch or read the media. */
	INPUT_UNREACHABLE,

	/**
	 * The key, the account, its bill, its quota or its permissions; nothing a team did.
	 */
	ACCOUNT,

	/** DashScope gave up after three hours without a result. */
	TIMEOUT,

	/** DashScope failed, or did not say why. */
	GENERATION

}
