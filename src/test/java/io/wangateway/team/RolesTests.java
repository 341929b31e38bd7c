package io.wangateway.team;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import io.wangateway.GatewayTest;
import io.wangateway.TestGateway;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

import static org.assertj.core.api.Assertions.assertThat;

/** Walks the matrix of roles and admin routes in {@code docs/roles.md}. */
@GatewayTest
class RolesTests {

	private static final Pattern ROW = Pattern.compile(
			"\\| `(?<method>[A-Z]+) (?<path>[^`]+)` \\| (?<admin>[^|]+) \\| (?<finance>[^|]+) \\| (?<ops>[^|]+) \\|");

	@Autowired
	TestGateway gateway;

	@Autowired
	@Qualifier("requestMappingHandlerMapping")
	RequestMappingHandlerMapping mapping;

	@Test
	void everyRouteLetsInWhomTheMatrixSays() throws IOException {
		Map<String, String> keys = new TreeMap<>();
		for (Role role : Role.values()) {
			keys.put(role.code(), (role == Role.ADMIN) ? this.gateway.admin() : this.gateway.operator(role.code()));
		}
		List<String> routes = routes();
		for (MatchResult row : matrix()) {
			if (routes.contains(route(row))) {
				keys.forEach((role, key) -> check(row, role, key));
			}
		}
	}

	@Test
	void matrixAndGateAgreeOnRoutesThatDoNotExistYet() throws IOException {
		for (MatchResult row : matrix()) {
			for (Role role : Role.values()) {
				assertThat(AdminRoutes.rolesFor(row.group("method"), row.group("path")).contains(role))
					.as("%s for %s", row.group(), role)
					.isEqualTo(row.group(role.code()).equals("yes"));
			}
		}
		assertThat(matrix()).hasSize(AdminRoutes.count());
	}

	@Test
	void everyAdminRouteIsInTheMatrix() throws IOException {
		List<String> known = matrix().stream().map(RolesTests::route).toList();
		assertThat(routes()).isNotEmpty().allSatisfy((route) -> assertThat(known).contains(route));
	}

	@Test
	void routeWithoutADecisionIsOpenToNobody() {
		assertThat(AdminRoutes.rolesFor("GET", "/v1/admin/undecided")).isEmpty();
	}

	private void check(MatchResult row, String role, String key) {
		HttpMethod method = HttpMethod.valueOf(row.group("method"));
		String path = row.group("path").replaceAll("\\{[^}]*}", "none");
		boolean withBody = Set.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH).contains(method);
		int status = this.gateway.send(key, method, path, withBody ? "{}" : null).returnResult().getStatus().value();
		if (row.group(role).equals("yes")) {
			assertThat(status).as("%s as %s", row.group(), role).isNotIn(401, 403, 405, 500);
		}
		else {
			assertThat(status).as("%s as %s", row.group(), role).isEqualTo(403);
		}
	}

	private static String route(MatchResult row) {
		return normal(row.group("method") + " " + row.group("path"));
	}

	private List<String> routes() {
		TreeSet<String> routes = new TreeSet<>();
		this.mapping.getHandlerMethods()
			.forEach((info, _) -> info.getPatternValues()
				.stream()
				.filter((pattern) -> pattern.startsWith("/v1/admin"))
				.forEach((pattern) -> info.getMethodsCondition()
					.getMethods()
					.forEach((method) -> routes.add(normal(method + " " + pattern)))));
		return List.copyOf(routes);
	}

	private static String normal(String route) {
		return route.replaceAll("\\{[^}]*}", "{}");
	}

	private static List<MatchResult> matrix() throws IOException {
		return ROW.matcher(Files.readString(Path.of("docs/roles.md"))).results().toList();
	}

}
