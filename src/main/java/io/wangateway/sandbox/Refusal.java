package io.wangateway.sandbox;

/**
 * A request that is not carried out. It is answered with a flat body of code, message and
 * request id.
 */
class Refusal extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final int status;

	private final String code;

	/**
	 * Refuse a request.
	 * @param status the HTTP status
	 * @param code DashScope's code, such as {@code InvalidParameter}
	 * @param message what a person should know
	 */
	Refusal(int status, String code, String message) {
		super(message);
		this.status = status;
		this.code = code;
	}

	static Refusal invalidParameter(String message) {
		return new Refusal(400, "InvalidParameter", message);
	}

	int status() {
		return this.status;
	}

	String code() {
		return this.code;
	}

	Answer toAnswer() {
		return Answer.json(this.status, Answer.newBody().put("code", this.code).put("message", getMessage()));
	}

}
