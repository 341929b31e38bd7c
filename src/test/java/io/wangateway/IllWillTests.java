package io.wangateway;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Malformed requests by the thousand, to every route that is described. */
@GatewayTest
@ExtendWith(OutputCaptureExtension.class)
class IllWillTests {

	private static final int REQUESTS_PER_OPERATION = 50;

	private static final int CALLERS = 6;

	/** None of which is anything that exists. */
	private static final List<String> WORDS = List.of("x", "💩", "-1", "0", "99999999999999999999", "team_0",
			"team_999999999", "key_99999999999", "video_0", "null", "true", "NaN", "..", "%00", "\u0000", "a\u0000",
			"' or 1=1 --", "2026-13", "+999999999-12", "-999999999-01", "<script>", "${jndi:ldap://x}",
			"a".repeat(3000), "\u202e", "1e309", "0x10", " ", "a,b,c", "\t");

	private static final List<String> VALUES = List.of("null", "[]", "{}", "\"\"", "-1", "1e99", "1e-99", "true",
			"\"\\u0000\"", "\"\\ud800\"", "99999999999999999999", "[[[[]]]]", "{\"a\":{}}", "\"video\"", "\"2026-11\"",
			"\"-999999999-01\"", "0.1", "\"'; drop table team; --\"", "[null]", "[{}]", "{\"a\":null}",
			"\"http://127.0.0.1/\"", "\"" + "x".repeat(5000) + "\"", "[" + "0,".repeat(2000) + "0]", "\"\\u202e\"",
			"\"💩\"");

	private static final List<String> TYPES = List.of("text/plain", "application/xml",
			"application/json;charset=latin1", "multipart/form-data", "multipart/form-data; boundary=x",
			"application/x-www-form-urlencoded", "*/*", "x", "application/json;charset=x");

	/** Of which forms of several parts are made, and bills. */
	private static final List<String> PIECES = List.of("--x\r\n", "--x--\r\n", "--x--", "--y\r\n", "\r\n", "\r\n\r\n",
			"Content-Disposition: form-data; name=\"file\"; filename=\"a.png\"\r\n\r\n",
			"Content-Disposition: form-data; name=\"file\"\r\n\r\n", "Content-Disposition: form-data\r\n\r\n",
			"Content-Disposition: form-data; name=\"purpose\"\r\n\r\n", "Content-Type: text/plain; charset=x\r\n",
			"Content-Disposition: form-data; name=\"file\"; filename=\"../../etc/passwd\u0000\"\r\n\r\n",
			"Content-Transfer-Encoding: base64\r\n", "X: " + "y".repeat(20_000) + "\r\n", "\u0089PNG\r\n\u001a\n",
			"GIF89a", "\u0000\u0000\u0000\u0018ftypmp42", "x".repeat(70_000), "date,model,amount\r\n2026-13-40,x,1\r\n",
			"日期,模型,金额\n2026-11-01,x,1e9\n", "2026-11-01,wan2.6-i2v-flash,\"", "\"\"\"", ",,,,\n");

	private static final List<String> HEADERS = List.of("Accept", "Idempotency-Key", "If-None-Match", "Range",
			"X-Request-Id", "X-Forwarded-For", "Accept-Encoding", "Accept-Language", "Origin", "Cookie",
			"X-HTTP-Method");

	@LocalServerPort
	int port;

	@Autowired
	TestGateway gateway;

	@Autowired
	JdbcClient jdbc;

	private final Map<String, String> things = new HashMap<>();

	private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	@Test
	void noRequestBreaksAnything(CapturedOutput output) throws Exception {
		long seed = System.nanoTime();
		String team = this.gateway.team();
		List<String> keys = Stream.generate(() -> this.gateway.sandboxKey(team)).limit(CALLERS).toList();
		List<Operation> operations = Operation.of(JsonMapper.shared().readTree(get("/v3/api-docs").body()));
		makeThings(team, keys.getFirst());
		String before = stored();
		try (ExecutorService callers = Executors.newFixedThreadPool(CALLERS)) {
			List<Future<?>> calls = new ArrayList<>();
			for (int i = 0; i < operations.size() * REQUESTS_PER_OPERATION; i++) {
				Operation operation = operations.get(i / REQUESTS_PER_OPERATION);
				Random random = new Random(seed + i);
				String key = operation.isForOperators() ? this.gateway.admin() : keys.get(i % CALLERS);
				calls.add(callers.submit(() -> send(operation, key, random, seed)));
			}
			for (Future<?> call : calls) {
				call.get();
			}
			assertThat(calls).hasSizeGreaterThan(2000);
		}
		assertThat(stored()).as("seed %d", seed).isEqualTo(before);
		assertThat(output).as("seed %d", seed)
			.doesNotContain("Exception:", "\tat ")
			.doesNotContain(this.gateway.admin())
			.doesNotContain(keys);
	}

	private Void send(Operation operation, String key, Random random, long seed) throws Exception {
		HttpRequest request = request(operation, key, random);
		HttpResponse<String> answer = this.client.send(request, BodyHandlers.ofString());
		String what = "%s %s (seed %d)".formatted(request, request.headers().map(), seed);
		assertThat(answer.statusCode()).as(what).isBetween(200, 499);
		if (answer.statusCode() >= 400 && !request.method().equals("HEAD")) {
			JsonNode error = JsonMapper.shared().readTree(answer.body()).path("error");
			assertThat(error.path("request_id").isString()).as(what + answer.body()).isTrue();
			assertThat(answer.body()).as(what).doesNotContain("java.", "Exception", "org.springframework", "select ");
		}
		return null;
	}

	private HttpRequest request(Operation operation, String key, Random random) {
		String path = path(operation, random);
		HttpRequest.Builder request = HttpRequest
			.newBuilder(URI.create("http://localhost:%d%s%s".formatted(this.port, path, query(operation, random))))
			.header("Authorization", "Bearer " + key);
		if (random.nextInt(4) == 0) {
			request.header(pick(HEADERS, random), pick(WORDS, random).replaceAll("[^ -~]", "?"));
		}
		String body = null;
		if (Stream.of("POST", "PUT", "PATCH").anyMatch(operation.method()::equals)) {
			body = body(operation, random);
			request.header("Content-Type", (random.nextInt(5) == 0) ? pick(TYPES, random) : type(operation));
			if (random.nextBoolean()) {
				request.header("Idempotency-Key", "ill-will-" + random.nextInt(5));
			}
		}
		boolean head = operation.method().equals("GET") && random.nextInt(8) == 0;
		return request
			.method(head ? "HEAD" : operation.method(),
					(body != null) ? BodyPublishers.ofString(body) : BodyPublishers.noBody())
			.build();
	}

	/**
	 * Often about things that there are, so that a request gets as far as it can: where
	 * nothing is changed, or the body that says what to change is wrong in any case.
	 */
	private String path(Operation operation, Random random) {
		boolean isSafe = operation.method().equals("GET") || operation.node().has("requestBody");
		String word = encode(pick(WORDS, random));
		if (!isSafe || random.nextInt(3) == 0) {
			return operation.path().replaceAll("\\{[^}]*}", word);
		}
		return Pattern.compile("\\{([^}]*)}")
			.matcher(operation.path())
			.replaceAll((variable) -> Matcher
				.quoteReplacement(this.things.getOrDefault(kind(operation, variable.group(1)), word)));
	}

	/** Such as {@code teams id}. */
	private static String kind(Operation operation, String variable) {
		String area = operation.path().replaceAll("/v1/(admin/)?|/files/.*|/.*", "");
		return "%s %s".formatted(area, variable);
	}

	/** Something of every kind that a path can be about. */
	private void makeThings(String team, String key) throws Exception {
		String task = TestGateway.json(this.gateway.post(key, "/v1/videos/generations", """
				{"model": "wan2.6-flash", "image_urls": ["https://example.com/photo.jpg"]}""")).get("id").stringValue();
		await().atMost(Duration.ofMinutes(1))
			.until(() -> TestGateway.json(this.gateway.get(key, "/v1/tasks/" + task))
				.get("status")
				.stringValue()
				.equals("completed"));
		String admin = this.gateway.admin();
		this.things.put("videos id", task);
		this.things.put("tasks id", task);
		this.things.put("uploads id", TestGateway.json(this.gateway.bringImage(key)).at("/data/id").stringValue());
		this.things.put("models id", "wan2.6-flash");
		this.things.put("teams id", team);
		this.things.put("teams key_id",
				TestGateway.json(this.gateway.get(admin, "/v1/admin/teams/%s/keys".formatted(team)))
					.at("/data/0/id")
					.stringValue());
		this.things.put("lanes name",
				TestGateway.json(this.gateway.get(admin, "/v1/admin/lanes")).at("/data/0/name").stringValue());
		this.things.put("periods month",
				TestGateway.json(this.gateway.get(admin, "/v1/admin/periods")).at("/data/0/month").stringValue());
		this.things.put("periods team", team);
	}

	private static String query(Operation operation, Random random) {
		List<JsonNode> known = operation.parameters("query");
		StringBuilder query = new StringBuilder("?");
		for (int i = random.nextInt(3); i > 0; i--) {
			String name = (known.isEmpty() || random.nextInt(4) == 0) ? pick(WORDS, random)
					: pick(known, random).get("name").stringValue();
			query.append(encode(name)).append('=').append(encode(pick(WORDS, random))).append('&');
		}
		return query.toString();
	}

	/** A body that is wrong, be it only in one place. */
	private static String body(Operation operation, Random random) {
		if (operation.bodySchema().isMissingNode()) {
			return IntStream.range(0, random.nextInt(8))
				.mapToObj((_) -> pick(PIECES, random))
				.collect(Collectors.joining());
		}
		List<String> fields = new ArrayList<>();
		operation.bodySchema().path("properties").propertyNames().forEach((name) -> {
			if (random.nextBoolean()) {
				fields.add("\"%s\":%s".formatted(name, pick(VALUES, random)));
			}
		});
		fields.add("\"ill_will\":" + pick(VALUES, random));
		String body = "{" + String.join(",", fields) + "}";
		return switch (random.nextInt(12)) {
			case 0 -> body.substring(0, random.nextInt(body.length()));
			case 1 -> body + "]";
			case 2 -> "[%s]".formatted(body);
			case 3 -> "{\"a\":".repeat(5000) + body;
			case 4 -> body.replace("}", ",\"ill_will\":1}");
			case 5 -> "\ufeff" + body;
			case 6 -> (random.nextInt(5) == 0) ? body + " ".repeat(1 << 20) : "";
			default -> body;
		};
	}

	/** The type of body that an operation takes. */
	private static String type(Operation operation) {
		List<String> types = new ArrayList<>(operation.node().at("/requestBody/content").propertyNames());
		return types.isEmpty() ? "application/json" : types.getFirst().replace("form-data", "form-data; boundary=x");
	}

	private static <T> T pick(List<T> choices, Random random) {
		return choices.get(random.nextInt(choices.size()));
	}

	private static String encode(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
	}

	private HttpResponse<String> get(String path) throws IOException, InterruptedException {
		return this.client.send(
				HttpRequest.newBuilder(URI.create("http://localhost:%d%s".formatted(this.port, path))).build(),
				BodyHandlers.ofString());
	}

	/** What nobody of ill will may add to or change. */
	private String stored() {
		return this.jdbc
			.sql("""
					select (select count(*) from generation) || ' ' || (select count(*) from idempotency_record) || ' ' ||
					       (select count(*) from adjustment_request) || ' ' || (select count(*) from audit_entry) || ' ' ||
					       (select count(*) from upload) || ' ' || (select count(*) from ledger_entry where livemode) || ' ' ||
					       (select count(*) from price) || ' ' || (select count(*) from bill) || ' ' ||
					       (select string_agg(to_jsonb(t)::text, ',' order by id) from team t) ||
					       (select string_agg((to_jsonb(k) - 'last_used_at')::text, ',' order by id) from api_key k) ||
					       (select string_agg((to_jsonb(o) - 'last_used_at')::text, ',' order by id) from operator o) ||
					       (select string_agg(row(name, max_in_flight, submissions_per_second, paused)::text, ',' order by name)
					          from lane) ||
					       (select coalesce(string_agg(to_jsonb(b)::text, ',' order by team_id), '') from budget b)""")
			.query(String.class)
			.single();
	}

}
