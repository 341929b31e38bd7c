package io.wangateway;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

import javax.imageio.ImageIO;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.test.web.servlet.client.RestTestClient.ResponseSpec;

/**
 * The gateway as its callers have it: over HTTP, each with a key. It also makes teams,
 * keys and operators, as an admin does.
 */
@TestComponent
public class TestGateway {

	private static final AtomicInteger count = new AtomicInteger();

	private final RestTestClient client;

	private final String admin;

	TestGateway(RestTestClient client, @Value("${gateway.admin-key}") String admin) {
		this.client = client;
		this.admin = admin;
	}

	/** Return the key of an admin. */
	public String admin() {
		return this.admin;
	}

	public ResponseSpec get(String key, String path) {
		return send(key, HttpMethod.GET, path, null);
	}

	public ResponseSpec post(String key, String path, String body) {
		return send(key, HttpMethod.POST, path, body);
	}

	/** Post with an {@code Idempotency-Key}. */
	public ResponseSpec post(String key, String path, String body, String idempotencyKey) {
		return this.client.post()
			.uri((uri) -> URI.create(uri.build() + path))
			.header(HttpHeaders.AUTHORIZATION, "Bearer " + key)
			.header("Idempotency-Key", idempotencyKey)
			.contentType(MediaType.APPLICATION_JSON)
			.body(body)
			.exchange();
	}

	/** Bring an image that no other test brings. */
	public ResponseSpec bringImage(String key) {
		BufferedImage image = new BufferedImage(240, 240, BufferedImage.TYPE_INT_RGB);
		image.setRGB(0, 0, count.incrementAndGet());
		ByteArrayOutputStream form = new ByteArrayOutputStream();
		try {
			form.writeBytes("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.png\"\r\n\r\n"
				.getBytes(StandardCharsets.US_ASCII));
			ImageIO.write(image, "png", form);
			form.writeBytes("\r\n--b--\r\n".getBytes(StandardCharsets.US_ASCII));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return this.client.post()
			.uri("/v1/uploads/images")
			.header(HttpHeaders.AUTHORIZATION, "Bearer " + key)
			.header(HttpHeaders.CONTENT_TYPE, "multipart/form-data; boundary=b")
			.body(form.toByteArray())
			.exchange();
	}

	public ResponseSpec patch(String key, String path, String body) {
		return send(key, HttpMethod.PATCH, path, body);
	}

	public ResponseSpec delete(String key, String path) {
		return send(key, HttpMethod.DELETE, path, null);
	}

	/**
	 * Upload a file.
	 * @param route {@code images} or {@code videos}
	 */
	public ResponseSpec upload(String key, String route, byte[] file) {
		ByteArrayOutputStream form = new ByteArrayOutputStream();
		form.writeBytes("""
				--limit\r
				Content-Disposition: form-data; name="file"; filename="a"\r
				\r
				""".getBytes(StandardCharsets.US_ASCII));
		form.writeBytes(file);
		form.writeBytes("\r\n--limit--\r\n".getBytes(StandardCharsets.US_ASCII));
		return this.client.post()
			.uri("/v1/uploads/" + route)
			.header(HttpHeaders.AUTHORIZATION, "Bearer " + key)
			.header(HttpHeaders.CONTENT_TYPE, "multipart/form-data; boundary=limit")
			.body(form.toByteArray())
			.exchange();
	}

	/**
	 * Send a request.
	 * @param key the bearer key
	 * @param path path and query, encoded already
	 * @param body JSON, or {@code null} for none
	 * @return what came back
	 */
	public ResponseSpec send(String key, HttpMethod method, String path, @Nullable String body) {
		var request = this.client.method(method)
			.uri((uri) -> URI.create(uri.build() + path))
			.header(HttpHeaders.AUTHORIZATION, "Bearer " + key);
		return (body != null) ? request.contentType(MediaType.APPLICATION_JSON).body(body).exchange()
				: request.exchange();
	}

	/**
	 * Read the body of an answer that must be a success.
	 * @param answer the answer
	 * @return the JSON
	 */
	public static JsonNode json(ResponseSpec answer) {
		byte[] body = answer.expectStatus().is2xxSuccessful().expectBody().returnResult().getResponseBodyContent();
		return JsonMapper.shared().readTree(new String(Objects.requireNonNull(body), StandardCharsets.UTF_8));
	}

	/**
	 * Return a name that no other test uses.
	 * @return such as {@code test 7}
	 */
	public static String name() {
		return "test " + count.incrementAndGet();
	}

	/**
	 * Make a team.
	 * @return its id, such as {@code team_7}
	 */
	public String team() {
		return json(post(this.admin, "/v1/admin/teams", """
				{"name": "%s"}""".formatted(name()))).get("id").stringValue();
	}

	/** Make a sandbox key of a team. */
	public String sandboxKey(String team) {
		return key(team, false).get("key").stringValue();
	}

	/** Make a live key of a team. */
	public String liveKey(String team) {
		return key(team, true).get("key").stringValue();
	}

	/** Make a key of a team, as the answer to its making shows it. */
	public JsonNode key(String team, boolean livemode) {
		return json(post(this.admin, "/v1/admin/teams/%s/keys".formatted(team), """
				{"name": "test", "livemode": %s}""".formatted(livemode)));
	}

	/**
	 * Make an operator.
	 * @param role such as {@code finance}
	 * @return their key
	 */
	public String operator(String role) {
		return json(post(this.admin, "/v1/admin/operators", """
				{"name": "%s", "role": "%s"}""".formatted(name(), role))).get("key").stringValue();
	}

}
