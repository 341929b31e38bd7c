package io.wangateway.team;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Which roles may use which admin route. A route that is not named here is refused to
 * everyone, so that a new one needs a decision. {@code docs/roles.md} shows the same to
 * people.
 */
final class AdminRoutes {

	private static final Map<String, Set<Role>> allowed = new HashMap<>();

	static {
		allow(EnumSet.of(Role.ADMIN), "POST /v1/admin/teams", "GET /v1/admin/teams", "GET /v1/admin/teams/{id}",
				"PATCH /v1/admin/teams/{id}", "POST /v1/admin/teams/{id}/keys", "GET /v1/admin/teams/{id}/keys",
				"GET /v1/admin/teams/{id}/keys/{key_id}", "PATCH /v1/admin/teams/{id}/keys/{key_id}",
				"DELETE /v1/admin/teams/{id}/keys/{key_id}", "POST /v1/admin/teams/{id}/keys/{key_id}/rotate",
				"POST /v1/admin/operators", "GET /v1/admin/operators", "DELETE /v1/admin/operators/{id}",
				"GET /v1/admin/audit");
		allow(EnumSet.of(Role.ADMIN, Role.FINANCE), "PUT /v1/admin/teams/{id}/budget",
				"GET /v1/admin/teams/{id}/budget", "DELETE /v1/admin/teams/{id}/budget", "POST /v1/admin/prices",
				"GET /v1/admin/prices", "GET /v1/admin/ledger", "GET /v1/admin/charges", "GET /v1/admin/periods",
				"POST /v1/admin/periods/{month}/close", "GET /v1/admin/periods/{month}/check",
				"GET /v1/admin/periods/{month}/statements/{team}", "POST /v1/admin/periods/{month}/bill",
				"POST /v1/admin/tasks/{id}/adjust", "POST /v1/admin/ledger/adjustments");
		allow(EnumSet.of(Role.ADMIN, Role.OPS), "POST /v1/admin/tasks/{id}/poll", "POST /v1/admin/tasks/{id}/cancel",
				"POST /v1/admin/tasks/{id}/adopt", "POST /v1/admin/tasks/{id}/write_off",
				"POST /v1/admin/tasks/{id}/resubmit", "GET /v1/admin/lanes", "PATCH /v1/admin/lanes/{name}",
				"GET /v1/admin/unclaimed_tasks", "GET /v1/admin/failures", "GET /v1/admin/run_times");
		allow(EnumSet.allOf(Role.class), "GET /v1/admin/usage", "GET /v1/admin/tasks", "GET /v1/admin/tasks/{id}",
				"GET /v1/admin/alerts", "POST /v1/admin/alerts/{id}/acknowledge");
	}

	private AdminRoutes() {
	}

	/**
	 * Return who may use a route.
	 * @param method the HTTP method; what may be read may also be asked for with HEAD
	 * @param pattern the route's path, whatever its variables are called
	 * @return the roles, empty where nothing was decided
	 */
	static Set<Role> rolesFor(String method, String pattern) {
		return allowed.getOrDefault(route(method.equals("HEAD") ? "GET" : method, pattern), Set.of());
	}

	/** Return how many routes were decided on. */
	static int count() {
		return allowed.size();
	}

	private static void allow(EnumSet<Role> roles, String... routes) {
		Arrays.stream(routes).map((route) -> route.split(" ")).forEach((parts) -> {
			if (allowed.put(route(parts[0], parts[1]), roles) != null) {
				throw new IllegalStateException("Two decisions on %s %s".formatted(parts[0], parts[1]));
			}
		});
	}

	private static String route(String method, String pattern) {
		return method + " " + pattern.replaceAll("\\{[^}]*}", "{}");
	}

}
