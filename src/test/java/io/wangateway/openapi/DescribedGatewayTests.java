package io.wangateway.openapi;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;

import io.wangateway.GatewayTest;
import io.wangateway.Operation;
import io.wangateway.TestGateway;
import io.wangateway.alert.Alerts;
import io.wangateway.web.AcceptsParameters;
import io.wangateway.web.Paging;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.client.EntityExchangeResult;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The description and the gateway: the routes, the examples, and the answers. */
@GatewayTest
class DescribedGatewayTests {

	/** Served by Spring Boot, not by a controller of ours. */
	private static final Set<String> HEALTH = Set.of("GET /livez", "GET /readyz");

	/** What may be refused when its example is sent, as it depends on the moment. */
	private static final Set<String> DEPENDING = Set.of("cancelGeneration", "closePeriod", "pollTaskAsOperator",
			"cancelTaskAsOperator", "adoptTaskAsOperator", "writeOffTaskAsOperator", "resubmitTaskAsOperator",
			"getStatement", "getStatementOfTeam");

	@Autowired
	TestGateway gateway;

	@Autowired
	RestTestClient client;

	@Autowired
	Description description;

	@Autowired
	Alerts alerts;

	@Autowired
	JdbcClient jdbc;

	@Autowired
	@Qualifier("requestMappingHandlerMapping")
	RequestMappingHandlerMapping mapping;

	private Schemas schemas;

	private String team;

	private String key;

	/** A task that several examples are tried on, once it is needed. */
	private String finished = "";

	@BeforeEach
	void setUp() {
		this.schemas = new Schemas(this.description.written());
		this.team = this.gateway.team();
		this.key = this.gateway.sandboxKey(this.team);
	}

	@Test
	void everyRouteIsDescribedAndNoOther() {
		Set<String> described = new TreeSet<>();
		written().stream()
			.filter((operation) -> !operation.isPlanned())
			.forEach((operation) -> described.add(operation.toString()));
		Set<String> routes = routes();
		routes.addAll(HEALTH);
		assertThat(described).as("what resources/openapi/*.yaml describes").isEqualTo(routes);
	}

	@Test
	void everyQueryParameterIsDescribedAndNoOther() {
		Map<String, Set<String>> taken = new TreeMap<>();
		eachRoute((route, handler) -> taken.computeIfAbsent(route, (_) -> new TreeSet<>()).addAll(parameters(handler)));
		for (Operation operation : operations()) {
			if (!HEALTH.contains(operation.toString())) {
				Set<String> described = new TreeSet<>();
				operation.parameters("query")
					.forEach((parameter) -> described
						.add(parameter.get("name").stringValue().replace("label:project", "label:*")));
				assertThat(described).as("%s takes", operation).isEqualTo(taken.get(operation.toString()));
			}
		}
	}

	@Test
	void plannedRouteThatExistsHasLostItsMark() {
		Set<String> routes = routes();
		assertThat(written()).filteredOn(Operation::isPlanned)
			.extracting(Operation::toString)
			.doesNotContainAnyElementsOf(routes);
	}

	@Test
	void examplesAreAnsweredAsDescribed() {
		int sent = 0;
		for (Operation operation : operations()) {
			if (operation.node().has("requestBody") && operation.bodySchema().isMissingNode()) {
				// Takes a file; such routes have tests of their own.
				continue;
			}
			for (String query : queries(operation)) {
				for (String body : bodies(operation)) {
					send(operation, query, body);
					sent++;
				}
			}
		}
		assertThat(sent).isGreaterThan(80);
	}

	@Test
	void finishedTaskReadsAsDescribed() {
		String id = finished();
		Operation get = operation("getGeneration");
		EntityExchangeResult<byte[]> answer = this.gateway.get(this.key, "/v1/videos/generations/" + id)
			.expectBody()
			.returnResult();
		check(get, answer, id);
		assertThat(json(answer).at("/result/data/0/url").stringValue()).contains("/files/" + id);
	}

	@Test
	void uploadReadsAsDescribed() {
		check(operation("uploadImage"),
				this.gateway.bringImage(this.key).expectStatus().isOk().expectBody().returnResult(), "image");
		check(operation("uploadImage"), this.client.post()
			.uri("/v1/uploads/images")
			.header("Authorization", "Bearer " + this.key)
			.header("Content-Type", "multipart/form-data; boundary=b")
			.body("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\nGIF89a\r\n--b--\r\n"
				.getBytes(StandardCharsets.US_ASCII))
			.exchange()
			.expectStatus()
			.isBadRequest()
			.expectBody()
			.returnResult(), "no image");
	}

	@ParameterizedTest
	@ValueSource(strings = { "getGeneration", "listTeams", "createTeam", "createGeneration", "listModels" })
	void refusalsReadAsDescribed(String id) {
		Operation operation = operation(id);
		String path = operation.path().replaceAll("\\{[^}]*}", "none");
		HttpMethod method = HttpMethod.valueOf(operation.method());
		String body = operation.bodySchema().isMissingNode() ? null : "{\"x\": 1}";
		String own = operation.isForOperators() ? this.gateway.admin() : this.key;
		String other = operation.isForOperators() ? this.key : this.gateway.admin();
		for (var answer : List.of(this.gateway.send(own, method, path + "?x=1", body),
				this.gateway.send(other, method, path, body), this.gateway.send("nobody", method, path, body))) {
			EntityExchangeResult<byte[]> result = answer.expectBody().returnResult();
			assertThat(result.getStatus().is4xxClientError()).isTrue();
			check(operation, result, id);
		}
	}

	@Test
	void descriptionIsServedWithoutAKey() {
		JsonNode served = JsonMapper.shared()
			.readTree(this.client.get()
				.uri("/v3/api-docs")
				.exchange()
				.expectStatus()
				.isOk()
				.expectHeader()
				.contentType(MediaType.APPLICATION_JSON)
				.expectBody()
				.returnResult()
				.getResponseBodyContent());
		assertThat(served.get("openapi").stringValue()).isEqualTo("3.1.1");
		assertThat(served.findValues(Description.PLANNED)).isEmpty();
	}

	@Test
	void rootLeadsToThePage() {
		this.client.get()
			.uri("/")
			.exchange()
			.expectStatus()
			.isFound()
			.expectHeader()
			.value("Location", (location) -> assertThat(location).endsWith("/docs"));
	}

	@Test
	void pageNeedsNothingFromElsewhere() {
		String page = new String(Objects.requireNonNull(this.client.get()
			.uri("/docs")
			.accept(MediaType.TEXT_HTML)
			.exchange()
			.expectStatus()
			.isOk()
			.expectHeader()
			.contentTypeCompatibleWith(MediaType.TEXT_HTML)
			.expectHeader()
			.value("Content-Security-Policy",
					(policy) -> assertThat(policy).contains("default-src 'none'", "script-src 'self';")
						.doesNotContain("unsafe", "http", "*"))
			.expectBody()
			.returnResult()
			.getResponseBodyContent()), StandardCharsets.UTF_8);
		assertThat(page).doesNotContain("http:", "https:", "<style", " style=", "onload")
			.doesNotContainPattern("<script>");
		List<String> parts = Pattern.compile("(?:src|href)=\"(/(?:webjars|assets)/[^\"]+)\"")
			.matcher(page)
			.results()
			.map((part) -> part.group(1))
			.toList();
		assertThat(parts).hasSize(5).allSatisfy((part) -> this.client.get().uri(part).exchange().expectStatus().isOk());
	}

	private void send(Operation operation, String query, String body) {
		String path = path(operation);
		String own = operation.isForOperators() ? this.gateway.admin() : this.key;
		var request = this.client.method(HttpMethod.valueOf(operation.method()))
			.uri((uri) -> URI.create(uri.build() + path + query));
		if (!operation.node().at("/security").isEmpty() || operation.isForTeams()) {
			request.header("Authorization", "Bearer " + own);
		}
		operation.parameters("header")
			.stream()
			.filter((parameter) -> parameter.path("required").booleanValue(false))
			.forEach((parameter) -> request.header(parameter.get("name").stringValue(),
					parameter.get("example").stringValue() + "-" + operation.id()));
		if (!body.isEmpty()) {
			request.contentType(MediaType.APPLICATION_JSON).body(body);
		}
		String requestId = "described-" + UUID.randomUUID();
		EntityExchangeResult<byte[]> answer = request.header("X-Request-Id", requestId)
			.exchange()
			.expectBody()
			.returnResult();
		String what = "%s%s %s: %s".formatted(operation, query, body, answer.getStatus());
		if (!DEPENDING.contains(operation.id())) {
			assertThat(answer.getStatus().is2xxSuccessful()).as(what).isTrue();
		}
		check(operation, answer, what);
		boolean isDeed = operation.isForOperators() && !operation.method().equals("GET")
				&& answer.getStatus().is2xxSuccessful();
		assertThat(audited(requestId)).as("entries of the audit trail for %s", what).isEqualTo(isDeed ? 1 : 0);
	}

	private int audited(String requestId) {
		return this.jdbc.sql("select count(*) from audit_entry where request_id = :request and operator_id is not null")
			.param("request", requestId)
			.query(Integer.class)
			.single();
	}

	/** Check that an answer is one of those that the description has. */
	private void check(Operation operation, EntityExchangeResult<byte[]> answer, String what) {
		JsonNode described = Operation.resolve(this.description.written(),
				operation.node().path("responses").path(String.valueOf(answer.getStatus().value())));
		assertThat(described.isMissingNode()).as("%s is described", what).isFalse();
		MediaType type = Objects.requireNonNull(answer.getResponseHeaders().getContentType(), what);
		JsonNode content = described.path("content").path(type.getType() + "/" + type.getSubtype());
		assertThat(content.isMissingNode()).as("%s as %s is described", what, type).isFalse();
		if (type.getSubtype().equals("json")) {
			JsonNode body = json(answer);
			assertThat(this.schemas.judge(content.get("schema"), body)).as("%s %s", what, body).isEmpty();
		}
		described.path("headers").propertyNames().forEach((name) -> {
			if (name.startsWith("X-RateLimit") || name.equals("ETag")) {
				assertThat(answer.getResponseHeaders().containsHeader(name)).as("%s has %s", what, name).isTrue();
			}
		});
	}

	/** The examples of a body, with ids and names that are right here and now. */
	private List<String> bodies(Operation operation) {
		JsonNode content = operation.node().at("/requestBody/content/application~1json");
		if (content.isMissingNode()) {
			return List.of("");
		}
		List<String> bodies = new ArrayList<>();
		if (content.has("example")) {
			bodies.add(content.get("example").toString());
		}
		content.path("examples").forEach((example) -> bodies.add(example.get("value").toString()));
		return bodies.stream()
			.map((body) -> body.replace("team_7", this.team)
				.replaceAll("\"name\":\"[^\"]*\"", "\"name\":\"%s\"".formatted(TestGateway.name())))
			.toList();
	}

	/**
	 * No query but what is required, and each parameter that has an example by itself.
	 */
	private List<String> queries(Operation operation) {
		List<String> queries = new ArrayList<>();
		queries.add("");
		for (JsonNode parameter : operation.parameters("query")) {
			if (parameter.has("example")) {
				queries.add("?%s=%s".formatted(encode(parameter.get("name").stringValue()),
						encode(parameter.get("example").asString())));
			}
		}
		return queries;
	}

	private static String encode(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8);
	}

	private String path(Operation operation) {
		String path = operation.path();
		for (Map.Entry<String, String> value : values(operation).entrySet()) {
			path = path.replace("{%s}".formatted(value.getKey()), value.getValue());
		}
		return path;
	}

	/** Things that an operation can be tried on, by the names of its path's variables. */
	private Map<String, String> values(Operation operation) {
		Map<String, String> values = new LinkedHashMap<>();
		String path = operation.path();
		if (!path.contains("{")) {
			return values;
		}
		if (operation.id().equals("cancelGeneration")) {
			values.put("id", create());
		}
		else if (path.matches("/v1/(videos/generations|tasks|admin/tasks)/.*")) {
			this.finished = this.finished.isEmpty() ? finished() : this.finished;
			values.put("id", operation.id().equals("deleteGeneration") ? finished() : this.finished);
		}
		else if (path.startsWith("/v1/admin/teams/")) {
			values.put("id", this.team);
			values.put("key_id", this.gateway.key(this.team, false).get("id").stringValue());
		}
		else if (path.startsWith("/v1/models/")) {
			values.put("id", "wan2.6-flash");
		}
		else if (path.startsWith("/v1/admin/operators/")) {
			values.put("id", operator());
		}
		else if (path.startsWith("/v1/uploads/")) {
			values.put("id", TestGateway.json(this.gateway.bringImage(this.key)).at("/data/id").stringValue());
		}
		else if (path.startsWith("/v1/admin/lanes/")) {
			values.put("name",
					TestGateway.json(this.gateway.get(this.gateway.admin(), "/v1/admin/lanes"))
						.at("/data/0/name")
						.stringValue());
		}
		else if (path.startsWith("/v1/admin/alerts/")) {
			values.put("id", alert());
		}
		else if (path.startsWith("/v1/admin/periods/")) {
			values.put("month",
					TestGateway.json(this.gateway.get(this.gateway.admin(), "/v1/admin/periods"))
						.at("/data/0/month")
						.stringValue());
			values.put("team", this.team);
		}
		else {
			throw new AssertionError("Say here what %s can be tried on".formatted(operation));
		}
		return values;
	}

	private String create() {
		return TestGateway.json(this.gateway.post(this.key, "/v1/videos/generations", """
				{"model": "wan2.6-flash", "image_urls": ["https://example.com/photo.jpg"]}""")).get("id").stringValue();
	}

	private String finished() {
		String id = create();
		await().atMost(Duration.ofSeconds(60))
			.until(() -> TestGateway.json(this.gateway.get(this.key, "/v1/videos/generations/" + id))
				.get("status")
				.stringValue()
				.equals("completed"));
		return id;
	}

	private String operator() {
		return TestGateway.json(this.gateway.post(this.gateway.admin(), "/v1/admin/operators", """
				{"name": "%s", "role": "ops"}""".formatted(TestGateway.name()))).get("id").stringValue();
	}

	private String alert() {
		this.alerts.raise("lane_stopped", TestGateway.name(), "For a test");
		return TestGateway.json(this.gateway.get(this.gateway.admin(), "/v1/admin/alerts?limit=1"))
			.at("/data/0/id")
			.stringValue();
	}

	private Set<String> routes() {
		Set<String> routes = new TreeSet<>();
		eachRoute((route, _) -> routes.add(route));
		return routes;
	}

	private void eachRoute(BiConsumer<String, HandlerMethod> consumer) {
		this.mapping.getHandlerMethods().forEach((info, handler) -> {
			if (handler.getBeanType().getName().startsWith("io.wangateway.")) {
				info.getPatternValues()
					.forEach((pattern) -> info.getMethodsCondition()
						.getMethods()
						.forEach((method) -> consumer.accept(method + " " + described(pattern), handler)));
			}
		});
	}

	private static Set<String> parameters(HandlerMethod handler) {
		Set<String> names = new TreeSet<>();
		AcceptsParameters more = handler.getMethodAnnotation(AcceptsParameters.class);
		names.addAll((more != null) ? List.of(more.value()) : List.of());
		for (MethodParameter parameter : handler.getMethodParameters()) {
			parameter.initParameterNameDiscovery(new DefaultParameterNameDiscoverer());
			RequestParam declared = parameter.getParameterAnnotation(RequestParam.class);
			if (parameter.getParameterType() == Paging.class) {
				names.addAll(List.of("limit", "after", "order"));
			}
			else if (declared != null && parameter.getParameterType() != Map.class) {
				names.add(declared.name().isEmpty() ? Objects.requireNonNull(parameter.getParameterName())
						: declared.name());
			}
		}
		return names;
	}

	/** Without the forms of variables, and with their names as callers see them. */
	private static String described(String pattern) {
		return pattern.replaceAll("\\{(\\w+):(?:[^{}]|\\{[^}]*})*}", "{$1}").replace("{keyId}", "{key_id}");
	}

	private Operation operation(String id) {
		return operations().stream().filter((each) -> each.id().equals(id)).findFirst().orElseThrow();
	}

	private List<Operation> written() {
		return Operation.of(this.description.written());
	}

	private List<Operation> operations() {
		return Operation.of(JsonMapper.shared().readTree(this.description.published()))
			.stream()
			.filter((operation) -> !operation.path().startsWith("/files/"))
			.toList();
	}

	private static JsonNode json(EntityExchangeResult<byte[]> answer) {
		return JsonMapper.shared().readTree(answer.getResponseBodyContent());
	}

}
