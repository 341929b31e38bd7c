package io.wangateway.web;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The one shape of every error.
 *
 * @param error code, message, param, type, request id, then what else there is to say
 */
record ErrorEnvelope(Map<String, Object> error) {

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
