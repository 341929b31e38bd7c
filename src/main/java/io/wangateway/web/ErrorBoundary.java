package io.wangateway.web;

import java.io.IOException;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.slf4j.MDC;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * The outermost filter: gives every request its id and answers whatever failed before or
 * beyond Spring MVC, such as the look-up of a key.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class ErrorBoundary extends OncePerRequestFilter {

	private final ErrorWriter errors;

	ErrorBoundary(ErrorWriter errors) {
		this.errors = errors;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws IOException {
		String requestId = RequestId.of(request);
		response.setHeader(RequestId.HEADER, requestId);
		try (MDC.MDCCloseable _ = MDC.putCloseable(RequestId.MDC_KEY, requestId)) {
			chain.doFilter(request, response);
		}
		catch (ServletException | RuntimeException ex) {
			this.errors.answer(ex, request, response);
		}
	}

	/** Work goes on under the same id on the thread of an asynchronous dispatch. */
	@Override
	protected boolean shouldNotFilterAsyncDispatch() {
		return false;
	}

}
