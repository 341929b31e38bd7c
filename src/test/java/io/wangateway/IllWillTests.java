package io.wangateway;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.client.EntityExchangeResult;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

import static org.assertj.core.api.Assertions.assertThat;

/** Malformed requests by the thousand, to every route that there is. */
@GatewayTest
@ExtendWith(OutputCaptureExtension.class)
class IllWillTests {

	private static final int REQUESTS_PER_ROUTE = 40;

	private static final String[] WORDS = { "x", "%F0%9F%92%A9", "-1", "0", "99999999999999999999", "team_1", "key_1",
			"video_0", "null", "true", "..", "%27%20or%201=1", "2026-13", "%3Cscript%3E", "a".repeat(300), "NaN" };

	private static final String[] VALUES = { "null", "[]", "{}", "\"\"", "-1", "1e99", "true", "\"\\u0000\"",
			"\"\\ud800\"", "99999999999999999999", "[[[[]]]]", "{\"a\":{}}", "\"video\"", "\"2026-11\"", "0.1",
			"\"'; drop table team; --\"", "[null]", "[{}]", "\"" + "x".repeat(5000) + "\"" };

	private static final String[] NAMES = { "model", "image_urls", "prompt", "duration", "metadata", "name", "role",
			"labels", "ids", "limit", "reason", "amount", "team", "unit_price", "models", "__proto__", "", "cahrge" };

	@Autowired
	TestGateway gateway;

	@Autowired
	JdbcClient jdbc;

	@Autowired
	@Qualifier("requestMappingHandlerMapping")
	RequestMappingHandlerMapping mapping;

	@Test
	void noRequestBreaksAnything(CapturedOutput output) {
		long seed = System.nanoTime();
		Random random = new Random(seed);
		String team = this.gateway.sandboxKey(this.gateway.team());
		long before = stored();
		for (Route route : routes()) {
			String key = route.path().startsWith("/v1/admin") ? this.gateway.admin() : team;
			for (int i = 0; i < REQUESTS_PER_ROUTE; i++) {
				send(key, route, random, seed);
			}
		}
		assertThat(stored()).as("seed %d", seed).isEqualTo(before);
		assertThat(output).doesNotContain("Exception:", this.gateway.admin(), team);
	}

	private void send(String key, Route route, Random random, long seed) {
		String path = route.path().replaceAll("\\{[^}]*}", pick(WORDS, random));
		String query = random.nextBoolean() ? "" : "?" + pick(NAMES, random) + "=" + pick(WORDS, random);
		String body = route.method().equals("GET") ? null : body(random);
		EntityExchangeResult<byte[]> answer = this.gateway
			.send(key, HttpMethod.valueOf(route.method()), path + query, body)
			.expectBody()
			.returnResult();
		String what = "%s %s%s %s (seed %d)".formatted(route.method(), path, query, body, seed);
		assertThat(answer.getStatus().value()).as(what).isBetween(200, 499);
		if (answer.getStatus().is4xxClientError()) {
			assertThat(JsonMapper.shared().readTree(answer.getResponseBodyContent()).at("/error/request_id").isString())
				.as(what)
				.isTrue();
		}
	}

	private static String body(Random random) {
		List<String> fields = new ArrayList<>();
		for (int i = random.nextInt(4); i >= 0; i--) {
			fields.add("\"%s\":%s".formatted(pick(NAMES, random), pick(VALUES, random)));
		}
		String body = "{" + String.join(",", fields) + "}";
		return switch (random.nextInt(6)) {
			case 0 -> body.substring(0, random.nextInt(body.length()));
			case 1 -> body + "]";
			case 2 -> pick(VALUES, random);
			default -> body;
		};
	}

	private static String pick(String[] choices, Random random) {
		return choices[random.nextInt(choices.length)];
	}

	private List<Route> routes() {
		return this.mapping.getHandlerMethods()
			.keySet()
			.stream()
			.flatMap((info) -> info.getPatternValues()
				.stream()
				.flatMap((pattern) -> info.getMethodsCondition()
					.getMethods()
					.stream()
					.map((method) -> new Route(method.name(), pattern))))
			.filter((route) -> route.path().startsWith("/v1/"))
			.sorted((a, b) -> a.toString().compareTo(b.toString()))
			.toList();
	}

	/** What nobody of ill will may add to. */
	private long stored() {
		return Stream.of("generation", "ledger_entry", "audit_entry", "api_key", "operator")
			.mapToLong((table) -> this.jdbc.sql("select count(*) from " + table).query(Long.class).single())
			.sum();
	}

	private record Route(String method, String path) {

	}

}
