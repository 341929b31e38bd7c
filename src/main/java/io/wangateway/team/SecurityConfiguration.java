package io.wangateway.team;

import java.util.List;

import io.wangateway.team.Caller.Operator;
import io.wangateway.team.Caller.TeamCaller;
import io.wangateway.web.ApiException;
import io.wangateway.web.ErrorCode;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.security.web.context.RequestAttributeSecurityContextRepository;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.web.context.WebApplicationContext;
import org.springframework.web.context.support.WebApplicationContextUtils;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Who gets in where: a few public paths, admin routes for operators, all others for
 * teams.
 */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration implements WebMvcConfigurer {

	private static final String[] PUBLIC = { "/", "/docs", "/docs/**", "/v3/api-docs", "/v3/api-docs/**",
			"/v3/api-docs.yaml", "/livez", "/readyz", "/files/**", "/assets/**", "/webjars/**", "/favicon.ico",
			"/console/login" };

	private static final String[] ADMIN = { "/v1/admin", "/v1/admin/**", "/actuator", "/actuator/**" };

	private final QueryRate queryRate;

	SecurityConfiguration(QueryRate queryRate) {
		this.queryRate = queryRate;
	}

	@Bean
	@Order(1)
	SecurityFilterChain managementPort(HttpSecurity http) {
		return common(http).securityMatcher(SecurityConfiguration::isOnManagementPort)
			.authorizeHttpRequests((requests) -> requests.anyRequest().permitAll())
			.build();
	}

	/** Before the few others, since nearly all requests are such. */
	@Bean
	@Order(2)
	SecurityFilterChain api(HttpSecurity http, Callers callers, LastUse lastUse) {
		return withKey(http.securityMatcher("/v1/**"), callers, lastUse);
	}

	@Bean
	@Order(3)
	SecurityFilterChain withoutKey(HttpSecurity http) {
		return common(http).securityMatcher(PUBLIC)
			.authorizeHttpRequests((requests) -> requests.anyRequest().permitAll())
			.build();
	}

	@Bean
	@Order(4)
	SecurityFilterChain rest(HttpSecurity http, Callers callers, LastUse lastUse) {
		return withKey(http, callers, lastUse);
	}

	/** Every filter of every request would be observed, by nobody. */
	@Bean
	SecurityObservationSettings noObservations() {
		return SecurityObservationSettings.noObservations();
	}

	@Bean
	RequestRejectedHandler requestRejectedHandler() {
		return (_, _, rejected) -> {
			throw rejected;
		};
	}

	@Override
	public void addInterceptors(InterceptorRegistry registry) {
		registry.addInterceptor(new RoleGate());
		registry.addInterceptor(this.queryRate);
	}

	@Override
	public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
		resolvers.add(new CallerResolver());
	}

	private static SecurityFilterChain withKey(HttpSecurity http, Callers callers, LastUse lastUse) {
		return common(http).addFilterBefore(new KeyFilter(callers, lastUse), AuthorizationFilter.class)
			.authorizeHttpRequests((requests) -> requests.requestMatchers(ADMIN)
				.access(only(Operator.class))
				.requestMatchers("/v1/**")
				.access(only(TeamCaller.class))
				.anyRequest()
				.authenticated())
			.exceptionHandling((exceptions) -> exceptions.accessDeniedHandler((_, _, _) -> {
				throw new ApiException(ErrorCode.PERMISSION_DENIED,
						"Operators use /v1/admin with their key, teams all other routes with theirs");
			}))
			.build();
	}

	/**
	 * No sessions, no users: who calls is known for one request, and asked for by us
	 * alone.
	 */
	private static HttpSecurity common(HttpSecurity http) {
		return http.csrf(AbstractHttpConfigurer::disable)
			.logout(AbstractHttpConfigurer::disable)
			.requestCache(AbstractHttpConfigurer::disable)
			.anonymous(AbstractHttpConfigurer::disable)
			.servletApi(AbstractHttpConfigurer::disable)
			.sessionManagement(AbstractHttpConfigurer::disable)
			.securityContext(
					(context) -> context.securityContextRepository(new RequestAttributeSecurityContextRepository()))
			.headers(SecurityConfiguration::headers);
	}

	private static void headers(HeadersConfigurer<HttpSecurity> headers) {
		headers.contentSecurityPolicy((policy) -> policy.policyDirectives("default-src 'none'; frame-ancestors 'none'"))
			.referrerPolicy((policy) -> policy.policy(ReferrerPolicy.NO_REFERRER));
	}

	private static AuthorizationManager<RequestAuthorizationContext> only(Class<? extends Caller> kind) {
		return (authentication, _) -> new AuthorizationDecision(kind.isInstance(authentication.get().getPrincipal()));
	}

	/** Metrics and health details are for whoever can reach their port. */
	private static boolean isOnManagementPort(HttpServletRequest request) {
		WebApplicationContext context = WebApplicationContextUtils
			.getWebApplicationContext(request.getServletContext());
		return WebServerApplicationContext.hasServerNamespace(context, "management");
	}

}
