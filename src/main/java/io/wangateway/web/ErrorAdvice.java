package io.wangateway.web;

import java.io.IOException;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;

/**
 * Answers whatever Spring MVC or a controller throws. Written to the response directly,
 * so that an {@code Accept} header without JSON can't take the error away.
 */
@ControllerAdvice
class ErrorAdvice {

	private final ErrorWriter errors;

	ErrorAdvice(ErrorWriter errors) {
		this.errors = errors;
	}

	@ExceptionHandler
	void answer(Exception failure, HttpServletRequest request, HttpServletResponse response) throws IOException {
		this.errors.answer(failure, request, response);
	}

	/** Nobody is left to be answered. */
	@ExceptionHandler
	void callerHasGone(AsyncRequestNotUsableException failure, HttpServletResponse response) {
	}

}
