package io.wangateway.team;

import java.time.Clock;
import java.time.Duration;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.wangateway.team.Caller.TeamCaller;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Keeps each key of a team to its limit of queries, on every route of teams that does not
 * count by itself.
 */
@Component
class QueryRate implements HandlerInterceptor {

	private static final int MAX_KEYS = 10_000;

	private static final Duration IDLE = Duration.ofMinutes(10);

	private final LoadingCache<KeyId, QueryBucket> buckets;

	QueryRate(JdbcClient jdbc, Clock clock) {
		this.buckets = Caffeine.newBuilder()
			.maximumSize(MAX_KEYS)
			.expireAfterAccess(IDLE)
			.build((key) -> new QueryBucket(key, jdbc, clock));
	}

	@Override
	public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
		if (request.getDispatcherType() == DispatcherType.REQUEST && handler instanceof HandlerMethod method
				&& !method.hasMethodAnnotation(OwnRateLimit.class)
				&& SecurityContextHolder.getContext().getAuthentication() instanceof CallerAuthentication authentication
				&& authentication.getPrincipal() instanceof TeamCaller team) {
			QueryBucket.Taken taken = this.buckets.get(team.key()).take(authentication.key().queriesPerMinute());
			taken.standing().writeTo(response);
			if (!taken.granted()) {
				throw taken.refusal();
			}
		}
		return true;
	}

}
