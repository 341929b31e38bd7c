package io.wangateway.sandbox;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import com.zaxxer.hikari.HikariDataSource;
import io.wangateway.MutableClock;
import io.wangateway.TestDatabase;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A simulator with a database of its own, and the calls that a client makes. A task waits
 * for one second and runs for four.
 */
class TestSimulator implements AutoCloseable {

	static final String KEY = "sk-test";

	private static final JsonMapper mapper = JsonMapper.shared();

	private final HttpClient http = HttpClient.newHttpClient();

	private final HikariDataSource dataSource = new HikariDataSource();

	private final SandboxServer server;

	TestSimulator(TestDatabase database, Clock clock) {
		this(database, clock, 0);
	}

	TestSimulator(TestDatabase database, Clock clock, int port) {
		this.dataSource.setJdbcUrl(database.url());
		this.dataSource.setUsername(database.user());
		this.dataSource.setPassword(database.secret());
		Behaviour.Timings timings = new Behaviour.Timings(Duration.ofSeconds(1), Duration.ofSeconds(4), Duration.ZERO,
				0);
		Behaviour.Limits limits = new Behaviour.Limits(5, 5, Behaviour.Surplus.REFUSE, 20, 20, 20, 100);
		this.server = new SandboxServer(new SandboxSettings(port, "127.0.0.1", KEY, timings, limits, Map.of()),
				InetAddress.getLoopbackAddress(), this.dataSource, clock);
		this.server.start();
	}

	static MutableClock clock() {
		return new MutableClock(Instant.parse("2026-11-22T16:00:00Z"));
	}

	SandboxServer server() {
		return this.server;
	}

	/** Return a URI of the API. */
	URI api(String path) {
		return URI.create(this.server.baseUrl() + path);
	}

	/** Create a task from a body and return the answer. */
	HttpResponse<String> create(String body) {
		return send(creation(body).header("X-DashScope-Async", "enable"));
	}

	HttpRequest.Builder creation(String body) {
		return request(api("/services/aigc/video-generation/video-synthesis"))
			.header("Content-Type", "application/json")
			.POST(BodyPublishers.ofString(body));
	}

	/** Create a task of five seconds from an image and return its id. */
	String animate(String prompt) {
		HttpResponse<String> answer = create("""
				{"model":"wan2.6-i2v-flash","input":{"prompt":"%s","img_url":"https://example.com/photo.jpg"},
				 "parameters":{"resolution":"720P","duration":5}}""".formatted(prompt));
		if (answer.statusCode() != 200) {
			throw new AssertionError(answer.body());
		}
		return json(answer).at("/output/task_id").asString();
	}

	/** Return the answer to the query for a task. */
	JsonNode task(String id) {
		return json(query(id));
	}

	HttpResponse<String> query(String id) {
		return get("/tasks/" + id);
	}

	HttpResponse<String> get(String path) {
		return send(request(api(path)));
	}

	HttpResponse<String> cancel(String id) {
		return send(request(api("/tasks/" + id + "/cancel")).POST(BodyPublishers.noBody()));
	}

	/** Call a control route. */
	JsonNode control(String method, String path, String body) {
		URI uri = this.server.baseUrl().resolve("/simulator" + path);
		return json(send(HttpRequest.newBuilder(uri).method(method, BodyPublishers.ofString(body))));
	}

	/** Return how many tasks were created. */
	int created() {
		return control("GET", "/tasks", "").get("count").intValue();
	}

	/** Forget every task, and behave as at first. */
	void reset() {
		control("DELETE", "/tasks", "");
		control("DELETE", "/behaviour", "");
	}

	HttpRequest.Builder request(URI uri) {
		return HttpRequest.newBuilder(uri).header("Authorization", "Bearer " + KEY).timeout(Duration.ofSeconds(30));
	}

	HttpResponse<String> send(HttpRequest.Builder request) {
		try {
			return trySend(request);
		}
		catch (IOException ex) {
			throw new AssertionError("No answer from the simulator", ex);
		}
	}

	/** Send a request that may end without an answer. */
	HttpResponse<String> trySend(HttpRequest.Builder request) throws IOException {
		try {
			return this.http.send(request.build(), BodyHandlers.ofString());
		}
		catch (InterruptedException ex) {
			throw new AssertionError(ex);
		}
	}

	CompletableFuture<HttpResponse<String>> sendAsync(HttpRequest.Builder request) {
		return this.http.sendAsync(request.build(), BodyHandlers.ofString());
	}

	HttpResponse<byte[]> download(HttpRequest.Builder request) {
		try {
			return this.http.send(request.build(), BodyHandlers.ofByteArray());
		}
		catch (IOException | InterruptedException ex) {
			throw new AssertionError(ex);
		}
	}

	static JsonNode json(HttpResponse<String> answer) {
		return mapper.readTree(answer.body());
	}

	@Override
	public void close() {
		this.server.stop();
		this.http.close();
		this.dataSource.close();
	}

}
