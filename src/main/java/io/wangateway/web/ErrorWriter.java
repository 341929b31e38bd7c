package io.wangateway.web;

import java.io.IOException;
import java.time.Duration;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.ErrorResponse;

/**
 * Answers a request that failed, in the error envelope. What is our own fault is logged
 * here, once.
 */
@Component
class ErrorWriter {

	private static final Logger logger = LoggerFactory.getLogger(ErrorWriter.class);

	private final JsonMapper json;

	ErrorWriter(JsonMapper json) {
		this.json = json;
	}

	/**
	 * Answer a request that ended in an exception.
	 * @param failure what ended it
	 * @param request the request
	 * @param response its answer, left alone where it is already on its way
	 * @throws IOException if the caller has gone
	 */
	void answer(Exception failure, HttpServletRequest request, HttpServletResponse response) throws IOException {
		ApiException refusal = Refusals.of(failure);
		String requestId = RequestId.of(request);
		if (refusal.code() == ErrorCode.INTERNAL_ERROR) {
			logger.error("Request {} failed", requestId, failure);
		}
		else if (refusal.code() == ErrorCode.SERVICE_UNAVAILABLE) {
			logger.warn("Request {} could not be served: {}", requestId, failure.toString());
		}
		if (response.isCommitted()) {
			request.setAttribute(ContainerErrors.BROKEN_OFF, true);
			return;
		}
		response.resetBuffer();
		if (failure instanceof ErrorResponse known) {
			known.getHeaders().forEach((name, values) -> response.setHeader(name, String.join(", ", values)));
		}
		write(refusal, requestId, response);
	}

	/** Write a refusal as the whole answer. */
	void write(ApiException refusal, String requestId, HttpServletResponse response) throws IOException {
		byte[] body = this.json.writeValueAsBytes(ErrorEnvelope.of(refusal, requestId));
		response.setStatus(refusal.code().status().value());
		response.setHeader(RequestId.HEADER, requestId);
		if (refusal.code() == ErrorCode.UNAUTHORIZED) {
			response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
		}
		Duration wait = refusal.retryAfter();
		if (wait != null) {
			response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(wait.plusNanos(999_999_999).toSeconds()));
		}
		response.setContentType(MediaType.APPLICATION_JSON_VALUE);
		response.setContentLength(body.length);
		response.getOutputStream().write(body);
	}

}
