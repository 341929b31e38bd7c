package io.wangateway.web;

import java.util.Locale;

import org.springframework.http.HttpStatus;

/**
 * The closed set of errors that a route can answer with. The name in lower case is the
 * {@code code} that callers see.
 */
public enum ErrorCode {

	INVALID_REQUEST(HttpStatus.BAD_REQUEST, Type.INVALID_REQUEST_ERROR),

	UNKNOWN_PARAMETER(HttpStatus.BAD_REQUEST, Type.INVALID_REQUEST_ERROR),

	INVALID_JSON(HttpStatus.BAD_REQUEST, Type.INVALID_REQUEST_ERROR),

	WEBHOOK_NOT_CONFIGURED(HttpStatus.BAD_REQUEST, Type.INVALID_REQUEST_ERROR),

	UNAUTHORIZED(HttpStatus.UNAUTHORIZED, Type.AUTHENTICATION_ERROR),

	BUDGET_EXCEEDED(HttpStatus.PAYMENT_REQUIRED, Type.INSUFFICIENT_QUOTA),

	PERMISSION_DENIED(HttpStatus.FORBIDDEN, Type.PERMISSION_ERROR),

	MODEL_ACCESS_DENIED(HttpStatus.FORBIDDEN, Type.PERMISSION_ERROR),

	TEAM_SUSPENDED(HttpStatus.FORBIDDEN, Type.PERMISSION_ERROR),

	TASK_NOT_FOUND(HttpStatus.NOT_FOUND, Type.NOT_FOUND_ERROR),

	UPLOAD_NOT_FOUND(HttpStatus.NOT_FOUND, Type.NOT_FOUND_ERROR),

	MODEL_NOT_FOUND(HttpStatus.NOT_FOUND, Type.NOT_FOUND_ERROR),

	NOT_FOUND(HttpStatus.NOT_FOUND, Type.NOT_FOUND_ERROR),

	METHOD_NOT_ALLOWED(HttpStatus.METHOD_NOT_ALLOWED, Type.INVALID_REQUEST_ERROR),

	NOT_ACCEPTABLE(HttpStatus.NOT_ACCEPTABLE, Type.INVALID_REQUEST_ERROR),

	REQUEST_TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE, Type.INVALID_REQUEST_ERROR),

	UNSUPPORTED_MEDIA_TYPE(HttpStatus.UNSUPPORTED_MEDIA_TYPE, Type.INVALID_REQUEST_ERROR),

	IDEMPOTENCY_IN_PROGRESS(HttpStatus.CONFLICT, Type.INVALID_REQUEST_ERROR),

	CLIENT_BUSINESS_ID_CONFLICT(HttpStatus.CONFLICT, Type.INVALID_REQUEST_ERROR),

	TASK_NOT_CANCELLABLE(HttpStatus.CONFLICT, Type.INVALID_REQUEST_ERROR),

	NOT_COMPLETED(HttpStatus.CONFLICT, Type.INVALID_REQUEST_ERROR),

	PERIOD_CLOSED(HttpStatus.CONFLICT, Type.INVALID_REQUEST_ERROR),

	VIDEO_EXPIRED(HttpStatus.GONE, Type.INVALID_REQUEST_ERROR),

	RESULT_LOST(HttpStatus.GONE, Type.INVALID_REQUEST_ERROR),

	IDEMPOTENCY_KEY_REUSED(HttpStatus.UNPROCESSABLE_CONTENT, Type.INVALID_REQUEST_ERROR),

	RATE_LIMIT_EXCEEDED(HttpStatus.TOO_MANY_REQUESTS, Type.RATE_LIMIT_ERROR),

	QUEUE_FULL(HttpStatus.TOO_MANY_REQUESTS, Type.RATE_LIMIT_ERROR),

	INTERNAL_ERROR(HttpStatus.INTERNAL_SERVER_ERROR, Type.API_ERROR),

	UPSTREAM_NOT_CONFIGURED(HttpStatus.SERVICE_UNAVAILABLE, Type.API_ERROR),

	SERVICE_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, Type.API_ERROR);

	private final HttpStatus status;

	private final Type type;

	ErrorCode(HttpStatus status, Type type) {
		this.status = status;
		this.type = type;
	}

	/** The HTTP status of the answer. */
	public HttpStatus status() {
		return this.status;
	}

	/** The code as callers see it, such as {@code invalid_request}. */
	public String code() {
		return name().toLowerCase(Locale.ROOT);
	}

	/** The family of the code as callers see it, such as {@code api_error}. */
	public String type() {
		return this.type.name().toLowerCase(Locale.ROOT);
	}

	private enum Type {

		INVALID_REQUEST_ERROR, AUTHENTICATION_ERROR, INSUFFICIENT_QUOTA, PERMISSION_ERROR, NOT_FOUND_ERROR,
		RATE_LIMIT_ERROR, API_ERROR

	}

}
