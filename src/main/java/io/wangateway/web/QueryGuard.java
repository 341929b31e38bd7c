package io.wangateway.web;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.core.MethodParameter;
import org.springframework.http.MediaType;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Refuses query parameters that the route does not know, because a misspelt
 * {@code dry_run} must not buy a video, and values that are not what they must be.
 */
class QueryGuard implements HandlerInterceptor {

	private final Map<Method, List<QueryParameter>> known = new ConcurrentHashMap<>();

	@Override
	public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
			throws HttpMediaTypeNotSupportedException {
		if (handler instanceof HandlerMethod method && isOurs(method)) {
			refuseType(request);
			List<QueryParameter> parameters = this.known.computeIfAbsent(method.getMethod(), (_) -> parameters(method));
			List<Violation> violations = request.getParameterMap()
				.entrySet()
				.stream()
				.map((sent) -> check(sent.getKey(), sent.getValue(), parameters))
				.flatMap(Optional::stream)
				.toList();
			if (!violations.isEmpty()) {
				throw ApiException.of(violations);
			}
		}
		return true;
	}

	/** What libraries serve, such as health, is their own affair. */
	private static boolean isOurs(HandlerMethod method) {
		return method.getBeanType().getName().startsWith("io.wangateway.");
	}

	/**
	 * Tomcat would take the fields of a form for query parameters, and Spring takes a
	 * wildcard for a fault of ours.
	 */
	private static void refuseType(HttpServletRequest request) throws HttpMediaTypeNotSupportedException {
		String type = request.getContentType();
		if (type != null && (type.startsWith(MediaType.APPLICATION_FORM_URLENCODED_VALUE) || type.contains("*"))) {
			MediaType sent = type.contains("*") ? MediaType.ALL : MediaType.APPLICATION_FORM_URLENCODED;
			throw new HttpMediaTypeNotSupportedException(sent, List.of(MediaType.APPLICATION_JSON));
		}
	}

	private static Optional<Violation> check(String sent, String[] values, List<QueryParameter> parameters) {
		return parameters.stream()
			.filter((parameter) -> parameter.isNamed(sent))
			.findFirst()
			.map((parameter) -> Optional.ofNullable(parameter.check(sent, values)))
			.orElseGet(() -> Optional
				.of(Nearest.refuse(sent, sent, parameters.stream().map(QueryParameter::prefix).toList())));
	}

	private static List<QueryParameter> parameters(HandlerMethod handler) {
		List<QueryParameter> parameters = new ArrayList<>();
		for (MethodParameter parameter : handler.getMethodParameters()) {
			RequestParam declared = parameter.getParameterAnnotation(RequestParam.class);
			if (declared != null && !Map.class.isAssignableFrom(parameter.getParameterType())) {
				String name = declared.name().isEmpty() ? Objects.requireNonNull(parameter.getParameter().getName())
						: declared.name();
				parameters.add(QueryParameter.of(name, parameter));
			}
			else if (parameter.getParameterType() == Paging.class) {
				Paging.NAMES.forEach((name) -> parameters.add(new QueryParameter(name, String.class, false)));
			}
		}
		AcceptsParameters more = handler.getMethodAnnotation(AcceptsParameters.class);
		if (more != null) {
			for (String name : more.value()) {
				parameters.add(new QueryParameter(name, String.class, false));
			}
		}
		return List.copyOf(parameters);
	}

}
