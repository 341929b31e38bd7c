package io.wangateway.web;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import jakarta.servlet.http.HttpServletRequest;

/**
 * The one shape of every error.
 *
 * @param error code, message, param, type, request id, then what else there is to say
 */
public record ErrorEnvelope(Map<String, Object> error) {

	/**
	 * Return a refusal as the caller of a request is told of it.
	 * @param refusal the refusal
	 * @param request the request
	 * @return the envelope
	 */
	public static ErrorEnvelope of(ApiException refusal, HttpServletRequest request) {
		return of(refusal, RequestId.of(request));
	}

	static ErrorEnvelope of(ApiException refusal, String requestId) {
		List<Violation> violations = refusal.violations();
		Map<String, Object> error = new LinkedHashMap<>();
		error.put("code", refusal.code().code());
		error.put("message", String.valueOf(refusal.getMessage()));
		if (!violations.isEmpty()) {
			error.put("param", violations.getFirst().param());
		}
		error.put("type", refusal.code().type());
		error.put("request_id", requestId);
		if (violations.size() > 1) {
			error.put("errors", violations.stream().map(ErrorEnvelope::entry).toList());
		}
		error.putAll(refusal.details());
		return new ErrorEnvelope(error);
	}

	private static Map<String, Object> entry(Violation violation) {
		Map<String, Object> entry = new LinkedHashMap<>();
		entry.put("param", violation.param());
		entry.put("code", violation.code().code());
		entry.put("message", violation.message());
		return entry;
	}

}
