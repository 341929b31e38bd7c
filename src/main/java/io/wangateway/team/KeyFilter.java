package io.wangateway.team;

import java.io.IOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.wangateway.web.ApiException;
import io.wangateway.web.ErrorCode;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Reads the key off {@code Authorization: Bearer}, and lets no one through without one
 * that is good.
 */
class KeyFilter extends OncePerRequestFilter {

	private static final Pattern BEARER = Pattern.compile("Bearer +([!-~]{1,256}) *", Pattern.CASE_INSENSITIVE);

	private final Callers callers;

	private final LastUse lastUse;

	KeyFilter(Callers callers, LastUse lastUse) {
		this.callers = callers;
		this.lastUse = lastUse;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		KnownKey key = find(request.getHeader(HttpHeaders.AUTHORIZATION))
			.orElseThrow(() -> refusal("This key is not known, has expired or was revoked"));
		this.lastUse.note(key.caller());
		SecurityContextHolder.getContext().setAuthentication(new CallerAuthentication(key));
		chain.doFilter(request, response);
	}

	private Optional<KnownKey> find(@Nullable String header) {
		if (header == null) {
			throw refusal("This needs a key: send Authorization: Bearer <key>");
		}
		Matcher bearer = BEARER.matcher(header);
		if (!bearer.matches()) {
			throw refusal("Authorization must be Bearer and a key");
		}
		return this.callers.find(new KeySecret(bearer.group(1)));
	}

	private static ApiException refusal(String message) {
		return new ApiException(ErrorCode.UNAUTHORIZED, message);
	}

}
