package io.wangateway.web;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/**
 * Reads {@link Paging} from the query.
 */
class PagingResolver implements HandlerMethodArgumentResolver {

	@Override
	public boolean supportsParameter(MethodParameter parameter) {
		return parameter.getParameterType() == Paging.class;
	}

	@Override
	public Paging resolveArgument(MethodParameter parameter, @Nullable ModelAndViewContainer container,
			NativeWebRequest request, @Nullable WebDataBinderFactory binders) {
		List<Violation> violations = new ArrayList<>();
		int limit = limit(request.getParameter("limit"), violations);
		Paging.Order order = order(request.getParameter("order"), violations);
		if (!violations.isEmpty()) {
			throw ApiException.of(violations);
		}
		return new Paging(limit, request.getParameter("after"), order);
	}

	private static int limit(@Nullable String sent, List<Violation> violations) {
		if (sent == null) {
			return Paging.DEFAULT_LIMIT;
		}
		if (sent.matches("[0-9]{1,3}")) {
			int limit = Integer.parseInt(sent);
			if (limit >= 1 && limit <= Paging.MAX_LIMIT) {
				return limit;
			}
		}
		violations.add(Violation.invalid("limit", "limit must be a whole number from 1 to %d (was %s)"
			.formatted(Paging.MAX_LIMIT, Refusals.shown(sent))));
		return Paging.DEFAULT_LIMIT;
	}

	private static Paging.Order order(@Nullable String sent, List<Violation> violations) {
		return switch (sent) {
			case null -> Paging.Order.DESC;
			case "asc" -> Paging.Order.ASC;
			case "desc" -> Paging.Order.DESC;
			default -> {
				violations.add(Violation.invalid("order",
						"order must be one of asc, desc (was %s)".formatted(Refusals.shown(sent))));
				yield Paging.Order.DESC;
			}
		};
	}

}
