package io.wangateway.web;

/**
 * One thing that is wrong with a request.
 *
 * @param param the field or query parameter, such as {@code metadata.reference_urls}
 * @param code what kind of wrong
 * @param message a sentence that says what was sent and what is allowed
 */
public record Violation(String param, ErrorCode code, String message) {

	/**
	 * A value that is not allowed.
	 * @param param the field or query parameter
	 * @param message a sentence that says what was sent and what is allowed
	 * @return the violation
	 */
	public static Violation invalid(String param, String message) {
		return new Violation(param, ErrorCode.INVALID_REQUEST, message);
	}

}
