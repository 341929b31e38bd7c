package io.wangateway.web;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A refusal that the caller is told about, in the error envelope. Thrown anywhere, turned
 * into an answer in one place, never logged as a fault of ours.
 */
public final class ApiException extends RuntimeException {

	private final ErrorCode code;

	private final List<Violation> violations;

	private final Map<String, Object> details = new LinkedHashMap<>();

	private @Nullable Duration retryAfter;

	/**
	 * Refuse a request.
	 * @param code the kind of refusal
	 * @param message a sentence for the caller
	 */
	public ApiException(ErrorCode code, String message) {
		this(code, message, List.of());
	}

	private ApiException(ErrorCode code, String message, List<Violation> violations) {
		super(message);
		this.code = code;
		this.violations = violations;
	}

	/**
	 * Refuse a request for what is wrong in it. The first violation speaks for all; each
	 * is listed.
	 * @param violations what is wrong, at least one
	 * @return the refusal
	 */
	public static ApiException of(List<Violation> violations) {
		Violation first = violations.getFirst();
		return new ApiException(first.code(), first.message(), List.copyOf(violations));
	}

	/**
	 * Refuse a request for one wrong value.
	 * @param param the field or query parameter
	 * @param message a sentence that says what was sent and what is allowed
	 * @return the refusal
	 */
	public static ApiException invalid(String param, String message) {
		return of(List.of(Violation.invalid(param, message)));
	}

	/**
	 * Add a detail beside the message, such as the figures of a budget.
	 * @param name the key inside {@code error}
	 * @param value what is written as JSON there
	 * @return this
	 */
	public ApiException with(String name, Object value) {
		this.details.put(name, value);
		return this;
	}

	/**
	 * Say when it is worth trying again.
	 * @param wait how long to wait, sent in whole seconds, rounded up
	 * @return this
	 */
	public ApiException retryAfter(Duration wait) {
		this.retryAfter = wait;
		return this;
	}

	/** The kind of refusal. */
	public ErrorCode code() {
		return this.code;
	}

	/** What is wrong in the request, empty where the refusal is about something else. */
	public List<Violation> violations() {
		return this.violations;
	}

	/** Further keys inside {@code error}. */
	public Map<String, Object> details() {
		return this.details;
	}

	/** How long to wait before trying again, or {@code null} for no advice. */
	public @Nullable Duration retryAfter() {
		return this.retryAfter;
	}

}
