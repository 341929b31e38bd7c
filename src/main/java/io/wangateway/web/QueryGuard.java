package io.wangateway.web;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Refuses query parameters that the route does not know, because a misspelt
 * {@code dry_run} must not buy a video, and those given twice or without a value.
 */
class QueryGuard implements HandlerInterceptor {

	private final Map<Method, QueryNames> known = new ConcurrentHashMap<>();

	@Override
	public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
		if (handler instanceof HandlerMethod method && !isForeign(method)) {
			QueryNames names = this.known.computeIfAbsent(method.getMethod(), (_) -> QueryNames.of(method));
			List<Violation> violations = new ArrayList<>();
			request.getParameterMap().forEach((name, values) -> check(name, values, names, violations));
			if (!violations.isEmpty()) {
				throw ApiException.of(violations);
			}
		}
		return true;
	}

	/** Whether a library serves the route, whose parameters are its own affair. */
	private static boolean isForeign(HandlerMethod method) {
		return !method.getBeanType().getName().startsWith("io.wangateway.");
	}

	private static void check(String name, String[] values, QueryNames names, List<Violation> violations) {
		if (!names.isKnown(name)) {
			violations.add(Nearest.refuse(name, name, names.all()));
		}
		else if (values.length > 1 && !names.isRepeatable(name)) {
			violations.add(Violation.invalid(name, "%s was given %d times".formatted(name, values.length)));
		}
		else if (values[0].isEmpty()) {
			violations.add(Violation.invalid(name, "%s has no value".formatted(name)));
		}
	}

}
