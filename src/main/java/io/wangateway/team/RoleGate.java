package io.wangateway.team;

import java.util.Set;
import java.util.stream.Collectors;

import io.wangateway.team.Caller.Operator;
import io.wangateway.web.ApiException;
import io.wangateway.web.ErrorCode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Lets operators use the admin routes that {@link AdminRoutes} opens to their role. It
 * goes by the pattern that chose the handler, so that no spelling of a path gets around
 * it; where no method of a controller was chosen there is nothing to guard. Whether the
 * caller is an operator at all was decided before.
 */
class RoleGate implements HandlerInterceptor {

	@Override
	public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
		if (handler instanceof HandlerMethod
				&& SecurityContextHolder.getContext().getAuthentication() instanceof CallerAuthentication authentication
				&& authentication.getPrincipal() instanceof Operator operator) {
			String pattern = String.valueOf(request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE));
			check(operator, AdminRoutes.rolesFor(request.getMethod(), pattern));
		}
		return true;
	}

	private static void check(Operator operator, Set<Role> roles) {
		if (!roles.contains(operator.role())) {
			String who = roles.stream().sorted().map(Role::code).collect(Collectors.joining(" or "));
			throw new ApiException(ErrorCode.PERMISSION_DENIED,
					roles.isEmpty() ? "This route is not open to any role"
							: "This route is for operators with the role %s (yours is %s)".formatted(who,
									operator.role().code()));
		}
	}

}
